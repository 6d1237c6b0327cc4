import { exampleWorld } from '../engine/example'
import type { ExampleWorld } from '../policies/lang/rule'
import { oneByOne } from './engines'
import { examples, worst } from './examples'
import { hidings } from './hidings'

/*
 * To know less never turns pass into fail: each attribute and each part of a policy in every passing example is in turn not known until
 * apply. What is known of decisions alone, both ways and by chance, is in test/decision/soundness.test.ts.
 */

test.each(examples.filter(({ verdict }) => verdict === 'pass'))('$rule › $name', async ({ rule, world }) => {
  const hidden = hidings(world)
  const verdicts = await verdictsIn(
    hidden.map(({ world: other }) => other),
    rule,
  )
  expect(hidden.filter((_, i) => verdicts[i] === 'fail').map(({ what }) => what)).toEqual([])
})

test('something is hidden in most examples', () => {
  const counts = examples.map(({ world }) => hidings(world).length)
  expect(counts.filter(count => count > 0).length).toBeGreaterThan(examples.length / 2)
})

async function verdictsIn(worlds: readonly ExampleWorld[], rule: string): Promise<readonly string[]> {
  const reports = await oneByOne('native', worlds.map(exampleWorld))
  return reports.map(({ findings }) => worst(findings.filter(finding => finding.rule === rule)))
}
