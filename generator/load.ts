import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Report } from '../engine'
import type { Access } from '../engine/access'
import type { Parameter } from '../policies/lang/parameter'
import type { Examples, ExampleWorld } from '../policies/lang/rule'
import type { File } from './file'
import type { RuleModel } from './read'

/** A rule's examples, and what keyreach says of one; and the parameters that it leaves to its users. */
export interface Judged {
  readonly examples: Examples
  readonly parameters: readonly Parameter[]
  /** Why no construct can build what the rule requires; null where one can. */
  readonly obstacle: string | null
  judge(example: ExampleWorld): { readonly report: Report; readonly text: string }
}

/** What `keyreach preview` finds, and who needs what of which key. */
export interface Previewed {
  readonly report: Report
  readonly accesses: readonly Access[]
}

/** The rules as their files are now. */
export interface Loaded {
  readonly rules: ReadonlyMap<string, Judged>
  /** Judges the `cdktf.out` in a folder, by the `keyreach.yaml` there where there is one. */
  preview(folder: string): Promise<Previewed>
}

/**
 * Bundles the rules and runs them, so that a page shows what keyreach really prints.
 * `registry` stands in for the one on disk, which may still name rules that have gone.
 */
export async function load(rules: readonly RuleModel[], registry: File): Promise<Loaded> {
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
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`)
}

function entry(rules: readonly RuleModel[]): string {
  return `
    import { existsSync } from 'node:fs'
    import { join } from 'node:path'
    import { evaluateAccess } from './engine/access'
    import { obstacleTo } from './engine/buildable'
    import { readConfig } from './engine/config'
    import { exampleWorld } from './engine/example'
    import { load } from './engine/load'
    import { configurationIn } from './engine/load/stacks'
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
      const examples = module.examples()
      const obstacle = obstacleTo({ id, rule: module.default }, examples)
      return [id, { examples, parameters: module.default.parameters ?? [], obstacle, judge }]
    }))
    export async function preview(folder) {
      const file = join(folder, 'keyreach.yaml')
      const config = existsSync(file) ? await readConfig(file) : null
      const { world } = await load(await configurationIn(join(folder, 'cdktf.out')), config)
      const { outcome, accesses } = evaluateAccess(world)
      return { report: reportOf(outcome), accesses }
    }`
}
