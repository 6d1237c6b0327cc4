import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../../engine/bad-input'
import { packageRoot } from '../../engine/package'
import { rank } from '../../engine/report/failing'
import type { Judged } from '../../generator/load'
import type { Verdict } from '../../policies/lang/finding'
import type { ExampleWorld } from '../../policies/lang/rule'
import type { AddCommand } from '../command'
import { save } from '../formats'
import { complain, print, printError } from '../output'
import { compiled, generator, modulesOf, write } from '../own'
import { judgedRules } from '../own-pages'
import { withProgress } from '../progress'

interface Options {
  readonly policies?: string
  readonly out?: string
  readonly check?: boolean
  readonly watch?: boolean
}

/** `keyreach generate`: for authors of rules, of their own or in a checkout of this repository. */
export const generate: AddCommand = (program, exit) => {
  program
    .command('generate')
    .summary('for authors of rules: write what follows from the sources')
    .description(
      'Writes what follows from rules: of your own, beside ours, Rego, Wasm and pages; in a checkout of keyreach, all that is generated.',
    )
    .option('--policies <dir>', 'rules of your own (default: ./policies)')
    .option('--out <dir>', 'where to write (default: ./dist)')
    .option('--check', 'in a checkout: write nothing committed; fail where it is not what the sources say')
    .option('--watch', 'in a checkout: write again whenever a source is saved')
    .action(async (options: Options) => exit(await run(options)))
}

async function run({ policies, out = 'dist', check = false, watch = false }: Options): Promise<number> {
  if (policies === undefined && existsSync('policies/lang')) {
    const { default: main } = await generator(() => import('../../generator'))
    return main([check ? '--check' : '', watch ? '--watch' : ''])
  }
  if (check || watch) throw new BadInput(null, '--check and --watch are for a checkout of keyreach')
  return generateOwn(policies ?? 'policies', out)
}

/** Writes what follows from a team's own rules, unless an example of one does not get its verdict. */
async function generateOwn(folder: string, out: string): Promise<number> {
  const own = await withProgress(progress => compiled(folder, 'ours', progress))
  const modules = await modulesOf(own, folder)
  const judged = judgedRules(own, modules)
  const surprises = [...judged].flatMap(([id, each]) => {
    const file = join(folder, `${id}.ts`)
    return modules.modules[id]?.examples ? surprisesIn(file, each) : [`${file}  examples\n  it exports no examples\n`]
  })
  for (const surprise of surprises) printError(`${surprise}\n`)
  if (surprises.length > 0) return 1

  const { emitPages } = await import('../../generator/emit/docs')
  const { found } = await import('../../engine/opa')
  const opa = found()
  await write(own, out, opa)
  const { ownConstructs } = await import('../../generator/own-constructs')
  const constructs = await withProgress(progress => {
    progress('writing constructs')
    return ownConstructs(own.rules, judged, folder, packageRoot())
  })
  for (const { path, text } of [...emitPages(own.rules, judged, ''), ...constructs]) save(join(out, path), text)
  if (opa === null) complain('no Wasm was written: that takes the program opa, on the PATH or in the variable OPA')
  const what = opa === null ? 'Rego, constructs and pages' : 'Rego, Wasm, constructs and pages'
  print(
    `wrote ${what} below ${out}: ${own.rules.length === 1 ? 'one rule' : `${own.rules.length} rules`} beside ours\n`,
  )
  return 0
}

/** The examples that do not get the verdict under which they stand, as people read it. */
function surprisesIn(file: string, { examples, judge }: Judged): readonly string[] {
  return (['pass', 'fail', 'unknown'] as const).flatMap(wanted =>
    Object.entries(examples[wanted]).flatMap(([name, example]) => {
      const verdict = verdictOf(example, judge)
      if (verdict === wanted) return []
      return [`${file}  example\n  '${name}' stands under \`${wanted}\` and is ${verdict}\n`]
    }),
  )
}

/** The worst of what is found. */
function verdictOf(example: ExampleWorld, judge: Judged['judge']): Verdict | string {
  const { findings, errors } = judge(example).report
  if (errors[0]) return `an error: ${errors[0].message}`
  return [...findings].sort((a, b) => rank(a) - rank(b))[0]?.verdict ?? 'of nothing: the rule finds no place in it'
}
