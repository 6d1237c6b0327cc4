import type { Json } from '../../policies/intrinsics'
import type { Finding } from '../../policies/lang/finding'
import { recordsIn } from '../load/records'
import type { World } from '../world'

/** So many clues are looked for; a log can name any number. */
const most = 500

/**
 * What a text names that can be met again in findings: ARNs, ids, accounts, regions and addresses, the names in an ARN,
 * and the addresses of the resources that are called so in a world.
 */
export function cluesIn(text: string, world: World): readonly string[] {
  const named = new Set([...text.matchAll(shapes)].slice(0, most).flatMap(([name]) => [name, ...namesIn(name)]))
  return [...named, ...addressesOf(named, world)]
}

/** Findings with errors before warnings, and of each what a text speaks of first: the longer what it names, the more it says. */
export function byClues(findings: readonly Finding[], clues: readonly string[]): readonly Finding[] {
  return findings
    .map(finding => ({ finding, weight: clueWeight(finding, clues) }))
    .sort(
      (a, b) => Number(b.finding.severity === 'error') - Number(a.finding.severity === 'error') || b.weight - a.weight,
    )
    .map(({ finding }) => finding)
}

/** The letters of all clues that a finding shows. */
export function clueWeight(finding: Finding, clues: readonly string[]): number {
  const shown = JSON.stringify(finding)
  return clues.reduce((sum, clue) => sum + (shown.includes(clue) ? clue.length : 0), 0)
}

const shapes = new RegExp(
  [
    String.raw`\barn:aws[\w-]*:[\w-]*:[\w-]*:\w*:[\w/+=@.-]*[\w/]`,
    String.raw`\b(?:module\.[\w-]+(?:\[[^\]\s]*\])?\.)*aws_\w+\.[\w-]+`,
    String.raw`\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b`,
    String.raw`\b(?:ami|snap|vol|i|lt|mrk)-[\da-f]{8,}\b`,
    String.raw`\b\d{12}\b`,
    String.raw`\b[a-z]{2}(?:-[a-z]+){1,2}-\d\b`,
  ].join('|'),
  'g',
)

/** The parts of an ARN that are names of their own: its region, its account, and the steps of a path that are no common words. */
function namesIn(arn: string): readonly string[] {
  if (!arn.startsWith('arn:')) return []
  const [, , , region = '', account = '', ...resource] = arn.split(':')
  return [region, account, ...resource.join(':').split(/[/:]/)].filter(name => /[A-Z\d]/.test(name))
}

function addressesOf(named: ReadonlySet<string>, { plans = [] }: World): readonly string[] {
  const isNamed = (name: Json | undefined) => typeof name === 'string' && named.has(name)
  return plans.flatMap(({ plan, identities = {} }) => {
    const declared = Object.entries(identities).filter(([, name]) => isNamed(name))
    const made = recordsIn(plan).filter(({ values }) => isNamed(values.arn) || isNamed(values.id))
    return [...declared.map(([address]) => address), ...made.map(({ item }) => String(item.address))]
  })
}
