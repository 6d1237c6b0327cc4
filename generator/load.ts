import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Report } from '../engine'
import type { Parameter } from '../policies/lang/parameter'
import type { Examples, ExampleWorld } from '../policies/lang/rule'
import type { File } from './file'
import type { RuleModel } from './read'

/** A rule's examples, and what keyreach says of one; and the parameters that it leaves to its users. */
export interface Judged {
  readonly examples: Examples
  readonly parameters: readonly Parameter[]
  judge(example: ExampleWorld): { readonly report: Report; readonly text: string }
}

/**
 * Rules by id, as their files are now: bundled and run, so that a page shows what keyreach really prints.
 * `registry` stands in for the one on disk, which may still name rules that have gone.
 */
export async function load(rules: readonly RuleModel[], registry: File): Promise<ReadonlyMap<string, Judged>> {
  const outfile = resolve('.tools/run/rules.mjs')
  await build({
    stdin: { contents: entry(rules), resolveDir: '.', loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    plugins: [
      {
        name: 'registry',
        setup: ({ onLoad }) =>
          onLoad({ filter: /engine[\\/]registry\.ts$/ }, () => ({ contents: registry.text, loader: 'ts' })),
      },
    ],
  })
  const { rules: judged } = await import(`${pathToFileURL(outfile).href}?${Date.now()}`)
  return judged
}

function entry(rules: readonly RuleModel[]): string {
  return `
    import { exampleWorld } from './engine/example'
    import { evaluateRules } from './engine/native'
    import { reportOf } from './engine/report'
    import { text } from './engine/report/text'
    ${rules.map(({ file }, i) => `import * as rule${i} from './${file}'`).join('\n')}
    const modules = { ${rules.map(({ id }, i) => `'${id}': rule${i}`).join(', ')} }
    export const rules = new Map(Object.entries(modules).map(([id, module]) => {
      const judge = example => {
        const report = reportOf(evaluateRules([{ id, rule: module.default }], exampleWorld(example)))
        return { report, text: text(report) }
      }
      if (!module.examples) throw new Error(\`policies/\${id}.ts exports no examples\`)
      return [id, { examples: module.examples(), parameters: module.default.parameters ?? [], judge }]
    }))`
}
