import { exampleWorld } from '../engine/example'
import type { Finding } from '../policies/lang/finding'
import type { ExampleWorld } from '../policies/lang/rule'
import { oneByOne } from './engines'
import { examples, worst } from './examples'
import { hidings } from './hidings'

/*
 * To know less never turns pass into fail, nor fail into pass or silence: each attribute and each part of a policy in every example that
 * passes or fails is in turn not known until apply. Where the rule has nothing more to say, another has to say what it would have to
 * know. What is known of decisions alone, both ways and by chance, is in test/decision/soundness.test.ts.
 */

test.each(examples.filter(({ verdict }) => verdict === 'pass'))('$rule › $name', async ({ rule, world }) => {
  const hidden = hidings(world)
  const reports = await findingsIn(hidden.map(({ world: other }) => other))
  expect(hidden.filter((_, i) => worst(of(rule, reports[i])) === 'fail').map(({ what }) => what)).toEqual([])
})

test.each(examples.filter(({ verdict }) => verdict === 'fail'))('$rule › $name', async ({ rule, name, world }) => {
  const hidden = hidings(world).filter(({ what }) => !isExempt(rule, name, what))
  const [before = [], ...reports] = await findingsIn([world, ...hidden.map(({ world: other }) => other)])
  const silent = hidden.filter((_, i) => worst(of(rule, reports[i])) === 'pass' && !isAsked(before, reports[i] ?? []))
  expect(silent.map(({ what }) => what)).toEqual([])
})

/** What may be silent, by the place in the world that is hidden, and why. */
const EXEMPT: readonly {
  readonly rule: RegExp
  readonly name?: string
  readonly what: RegExp
  readonly why: string
}[] = [
  {
    rule: /./,
    what: /^aws_iam_\w*policy\.\w+\.(policy|role)/,
    why: 'of most identity policies that cannot be read, or of which nobody knows whose they are, nothing says that they are about keys',
  },
  {
    rule: /^kms\//,
    what: /^(data\.)?aws_kms_key\.\w+\.(arn|key_id)$/,
    why: 'a key whose id others write down is there already, and a plan knows the ARN and id of what is there',
  },
  {
    rule: /^ec2-launch\/volume-of-shared-image-names-its-key$/,
    what: /^aws_instance\.\w+\.ami$/,
    why: 'of most images that are not known nothing says that they are encrypted, or of another account',
  },
]

function isExempt(rule: string, name: string, what: string): boolean {
  return EXEMPT.some(one => one.rule.test(rule) && (one.name ?? name) === name && one.what.test(what))
}

test('something is hidden in most examples', () => {
  const counts = examples.map(({ world }) => hidings(world).length)
  expect(counts.filter(count => count > 0).length).toBeGreaterThan(examples.length / 2)
})

async function findingsIn(worlds: readonly ExampleWorld[]): Promise<readonly (readonly Finding[])[]> {
  const reports = await oneByOne('native', worlds.map(exampleWorld))
  return reports.map(({ findings }) => findings)
}

function of(rule: string, findings: readonly Finding[] = []): readonly Finding[] {
  return findings.filter(finding => finding.rule === rule)
}

/** Whether some rule says of a place that it does not know, and did not say so before. */
function isAsked(before: readonly Finding[], after: readonly Finding[]): boolean {
  const known = new Set(before.filter(({ verdict }) => verdict === 'unknown').map(one => JSON.stringify(one)))
  return after.some(one => one.verdict === 'unknown' && !known.has(JSON.stringify(one)))
}
