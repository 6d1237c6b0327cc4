import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { type Project, type SourceFile, ts } from 'ts-morph'
import type { Progress } from '../engine/progress'
import { type Diagnostic, printDiagnostic } from './diagnostics'
import type { File } from './file'
import { pathFrom, type RuleModel, readProject, readRules } from './read'
import { compile } from './rego'

/** Rules that a team keeps in a folder of its own, compiled beside ours. */
export interface Own {
  /** Theirs alone. */
  readonly rules: readonly RuleModel[]
  /** The Rego of ours and theirs; of theirs alone where no more was asked for. */
  readonly files: readonly File[]
  /** What their authors have to mend, as people read it; where there is any, nothing else is to be used. */
  readonly problems: readonly string[]
}

/**
 * Compiles the rules in `folder` as if they stood in `policies` of the keyreach at `root`, so that they may say whatever ours may. Unlike ours,
 * which `tsc` reads, their types are checked here. To know whether they compile, ours need not be compiled too, which takes most of the time.
 */
export function compileOwn(folder: string, root: string, beside: 'ours' | 'nothing', progress: Progress): Own {
  progress('reading rules')
  const names = sourcesIn(folder)
  const taken = names.filter(name => /^(lang\/|intrinsics\.ts$)/.test(name) || existsSync(join(root, 'policies', name)))
  if (taken.length > 0)
    return refused(
      taken.map(name => `${join(folder, name)}\n  keyreach has a file of this name\n  help: choose another\n`),
    )

  const { project, sources } = readOwn(folder, root)
  const shown = (file: string): string => join(folder, file.replace(/^policies\//, ''))
  const types = sources.flatMap((source, i) => {
    progress('checking types', i + 1, sources.length)
    return typeProblems(source, shown(pathFrom(root, source.getFilePath())))
  })
  if (types.length > 0) return refused(types)

  progress('compiling')
  const own = new Set(sources.map(source => pathFrom(root, source.getFilePath())))
  const { files, diagnostics } = compile(project, root, path => beside === 'ours' || own.has(path))
  if (diagnostics.length > 0)
    return refused(diagnostics.map((each: Diagnostic) => printDiagnostic({ ...each, file: shown(each.file) })))
  return { rules: readRules(project, root).filter(({ file }) => own.has(file)), files, problems: [] }
}

/** The sources in `folder` as if they stood among the policies of the keyreach at `root`. */
export function readOwn(
  folder: string,
  root: string,
): { readonly project: Project; readonly sources: readonly SourceFile[] } {
  const project = readProject(join(root, 'policies'), root)
  const sources = sourcesIn(folder).map(name =>
    project.createSourceFile(resolve(root, 'policies', name), readFileSync(join(folder, name), 'utf8')),
  )
  return { project, sources }
}

/** The rules in `folder` with the words that they use, as the text of one module: `evaluateWith`, `judge`, `satisfying`, `redacted`, and `modules` by id. */
export async function bundleOwn(rules: readonly RuleModel[], folder: string, root: string): Promise<string> {
  return bundled(entry(rules), folder, root, { format: 'esm', platform: 'neutral' })
}

/** A module that stands in `folder`, with all that it imports of rules and their words, as the text of one. */
export async function bundled(
  contents: string,
  folder: string,
  root: string,
  options: Pick<BuildOptions, 'format' | 'platform' | 'external' | 'keepNames'>,
): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    target: 'node20',
    tsconfigRaw: {},
    logLevel: 'warning',
    plugins: [
      {
        name: 'keyreach',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^keyreach\/policies\// }, ({ path }) => ({
            path: resolve(root, `${path.slice('keyreach/'.length)}.ts`),
          })),
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}

function entry(rules: readonly RuleModel[]): string {
  return [
    "export { evaluateWith } from 'keyreach/policies/intrinsics'",
    "export { judge } from 'keyreach/policies/lang/judge'",
    "export { satisfying } from 'keyreach/policies/lang/satisfying'",
    "export { redacted } from 'keyreach/policies/lang/secret'",
    ...rules.map(({ id }, i) => `import * as rule${i} from './${id}'`),
    `export const modules = { ${rules.map(({ id }, i) => `'${id}': rule${i}`).join(', ')} }`,
  ].join('\n')
}

/** The sources below a folder, by their paths in it. */
function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => name.replaceAll('\\', '/'))
  return names.filter(name => /\.ts$/.test(name) && !/\.d\.ts$|(^|\/)node_modules\//.test(name)).sort()
}

function typeProblems(source: SourceFile, file: string): readonly string[] {
  return source.getPreEmitDiagnostics().map(problem => {
    const { line, column } = source.getLineAndColumnAtPos(problem.getStart() ?? 0)
    const text = ts.flattenDiagnosticMessageText(problem.compilerObject.messageText, '\n  ')
    return `${file}:${line}:${column}  type\n  ${text}\n`
  })
}

function refused(problems: readonly string[]): Own {
  return { rules: [], files: [], problems }
}
