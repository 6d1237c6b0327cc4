import { mkdirSync, readFileSync } from 'node:fs'
import { writeRego } from './bundle'
import { printDiagnostic } from './diagnostics'
import { readProject } from './read'
import { compile } from './rego'

/** The Rego and its bundle, in dist: what `npm run build` can make before there is an OPA. */
export default function main(): number {
  const { files, diagnostics } = compile(readProject('policies'))
  if (diagnostics.length > 0) {
    process.stderr.write(diagnostics.map(printDiagnostic).join('\n'))
    return 1
  }
  mkdirSync('dist', { recursive: true })
  writeRego(files, readFileSync('generator/capabilities.json', 'utf8'), 'dist')
  return 0
}
