import { exampleWorld } from '../engine/example'
import type { Finding } from '../policies/lang/finding'
import { oneByOne } from './engines'
import { type Example, examples } from './examples'
import { type Equivalent, equivalents } from './mutation/equivalents'
import { mutants } from './mutation/mutants'

/*
 * Whether rules would notice: each resource, attribute, block, statement, action, principal, condition and operation of every passing
 * example is in turn deleted or changed. A mutant is caught where some rule says something of a place that it did not say before, and has
 * nothing left to say where the rule speaks of fewer places: what is not there needs nothing. All others live, and are listed with the
 * reason why AWS would take them too.
 */

const living: { readonly rule: string; readonly name: string; readonly what: string }[] = []
const counts = { caught: 0, gone: 0, living: 0 }

test.each(examples.filter(({ verdict }) => verdict === 'pass'))('$rule › $name', async example => {
  const survivors = await survivorsOf(example)
  living.push(...survivors)
  expect(survivors.filter(one => !equivalents.some(entry => explains(entry, one))).map(({ what }) => what)).toEqual([])
})

test('every explanation explains something', () => {
  expect(equivalents.filter(entry => !living.some(one => explains(entry, one)))).toEqual([])
})

test('most are caught', () => {
  expect(counts.caught).toBeGreaterThan(counts.living)
})

type Living = (typeof living)[number]

async function survivorsOf({ rule, name, world }: Example): Promise<readonly Living[]> {
  const all = mutants(world)
  const reports = await oneByOne('native', [world, ...all.map(mutant => mutant.world)].map(exampleWorld))
  const [before = [], ...after] = reports.map(({ findings }) => findings)
  const said = new Set(before.map(complaint))
  return all.flatMap(({ what }, i) => {
    const findings = after[i] ?? []
    if (findings.some(one => one.verdict !== 'pass' && !said.has(complaint(one)))) return note('caught')
    if (of(rule, findings) < of(rule, before)) return note('gone')
    counts.living++
    return [{ rule, name, what }]
  })
}

function note(what: 'caught' | 'gone'): readonly Living[] {
  counts[what]++
  return []
}

function complaint({ rule, at, verdict }: Finding): string {
  return `${rule} ${at} ${verdict}`
}

function of(rule: string, findings: readonly Finding[]): number {
  return findings.filter(finding => finding.rule === rule).length
}

function explains({ rule, name, what }: Equivalent, one: Living): boolean {
  return (
    (rule === undefined || rule.test(one.rule)) && (name === undefined || name.test(one.name)) && what.test(one.what)
  )
}
