import fc from 'fast-check'
import { exampleWorld } from '../engine/example'
import { rules } from '../engine/registry'
import type { ExampleWorld } from '../policies/lang/rule'
import { judgeAll } from './engines'
import { examples } from './examples'
import { mutated } from './worlds/mutated'
import { worlds } from './worlds/world'

/** `npm test` always judges the same worlds; SEED=… has others, and SEED=random others each time. */
const { SEED = '1' } = process.env
const seed = SEED === 'random' ? Date.now() % 2 ** 31 : Number(SEED)
const count = Number(process.env.WORLDS ?? 1_000)
const batch = 250
const situations = new Map<string, number>()
/** A third by chance alone, the others near the examples of the rules. */
const generated = fc.oneof(worlds, { arbitrary: mutated(examples.map(({ world }) => world)), weight: 2 })

test(`engines agree on ${count} generated worlds (SEED=${seed})`, async () => {
  const sample = fc.sample(generated, { seed, numRuns: count })
  for (let i = 0; i < sample.length; i += batch) {
    const disagreeing = await firstDisagreement(sample.slice(i, i + batch), situations)
    if (disagreeing) throw new Error(await told(disagreeing))
  }
}, 3_600_000)

test('every rule found situations in them', () => {
  console.log(
    `seed ${seed}, ${count} worlds\n${[...situations]
      .sort()
      .map(([what, n]) => `${n}\t${what}`)
      .join('\n')}`,
  )
  const found = new Set([...situations.keys()].map(key => key.split(' ')[0]))
  expect(rules.map(({ id }) => id).filter(id => !found.has(id))).toEqual([])
})

async function firstDisagreement(sample: readonly ExampleWorld[], counted?: Map<string, number>) {
  const { native, wasm, opa } = await judgeAll(sample.map(exampleWorld))
  for (const { findings } of counted ? native : [])
    for (const { rule, verdict } of findings)
      counted?.set(`${rule} ${verdict}`, (counted.get(`${rule} ${verdict}`) ?? 0) + 1)
  return sample.find((_, i) => {
    const said = JSON.stringify(native[i])
    return said !== JSON.stringify(wasm[i]) || said !== JSON.stringify(opa[i])
  })
}

/** The smallest part of a world on which engines still disagree, as an example ready to paste, and what each says of it. */
async function told(example: ExampleWorld): Promise<string> {
  const small = await smallest(example)
  const { native, wasm, opa } = await judgeAll([exampleWorld(small)])
  const said = { native: native[0], wasm: wasm[0], opa: opa[0] }
  return `engines disagree on\n${JSON.stringify(small, null, 2)}\n${JSON.stringify(said, null, 2)}`
}

async function smallest(example: ExampleWorld): Promise<ExampleWorld> {
  for (const smaller of parts(example)) if (await firstDisagreement([smaller])) return smallest(smaller)
  return example
}

/** The world with one thing less: a fact, an account, or a resource. */
function parts({ accounts, declared = {} }: ExampleWorld): readonly ExampleWorld[] {
  return [
    ...Object.keys(declared).map(key => ({ accounts, declared: without(declared, key) })),
    ...accounts.map((_, i) => ({ accounts: accounts.filter((_, j) => i !== j), declared })),
    ...accounts.flatMap((account, i) =>
      Object.keys(account.resources).map(address => {
        const less = { ...account, resources: without(account.resources, address) }
        return { accounts: accounts.map((other, j) => (i === j ? less : other)), declared }
      }),
    ),
  ]
}

function without<T extends object>(object: T, key: string): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T
}
