import type { JsonObject } from '../policies/intrinsics'
import type { Finding, Fix } from '../policies/lang/finding'
import { parseAddress } from './address'
import { applyFix } from './fix'
import { KEY_POLICY_BYTES, mergedStatements, united } from './fix/merge'
import { type Changes, changesOf } from './mend/changes'
import { problemOf } from './problem'
import type { World } from './world'

/** What mends all that fails. */
export interface Mended {
  /** The world as it is planned once all of it has been made. */
  readonly world: World
  /** What Terraform files can change, a root module each. */
  readonly changes: readonly Changes[]
  /** What people have to do themselves: what no file can say. */
  readonly steps: readonly Fix[]
  /** What could not be made, in a line each. */
  readonly problems: readonly string[]
}

/** A change can bring to light what was hidden behind it: so often is that mended too. */
const rounds = 4

/**
 * Makes the fixes of all that fails, as `judge` finds it, and of what then fails: statements for one policy merged, and each change once.
 * What is new comes first, since others refer to it; then edits, so that statements without a name keep their positions.
 */
export async function mended(world: World, judge: Judge): Promise<Mended> {
  const problems = new Set<string>()
  const steps: Fix[] = []
  const fixes: Fix[] = []
  let whole = world
  let written = world
  for (let round = 0; round < rounds; round++) {
    const found = merged((await judge(whole)).filter(({ verdict, waived }) => verdict === 'fail' && waived === null))
    const more = found.filter(fix => !fixes.some(other => JSON.stringify(other) === JSON.stringify(fix)))
    if (more.length === 0) break
    fixes.push(...more)
    for (const fix of more) {
      const isWritten = isFile(fix)
      if (!isWritten) steps.push(fix)
      if (!isWhole(fix)) continue
      try {
        whole = applyFix(whole, fix)
        if (isWritten) written = applyFix(written, fix)
      } catch (error) {
        if (isWritten) steps.push(fix)
        problems.add(problemOf(error))
      }
    }
  }
  const files = fixes.filter(fix => !steps.includes(fix))
  const { changes, unwritten } = changesOf(world, written, files)
  return { world: whole, changes, steps: [...steps, ...unwritten], problems: [...problems, ...tooLong(changes)] }
}

type Judge = (world: World) => Promise<readonly Finding[]> | readonly Finding[]

type Statements = Extract<Fix, { readonly kind: 'key-policy-statement' | 'identity-statement' | 'trust-statement' }>

const order: readonly Fix['kind'][] = [
  'resource',
  'attribute',
  'edit-statement',
  'action',
  'principal',
  'remove-statement',
  'key-policy-statement',
  'identity-statement',
  'trust-statement',
  'depends-on',
  'move',
  'remove',
]

function merged(findings: readonly Finding[]): readonly Fix[] {
  const different = united(findings.flatMap(({ fix }) => fix))
  const statements = different.filter(isStatement)
  const policies = new Map<string, Statements[]>()
  for (const fix of statements) {
    const policy = JSON.stringify([fix.kind, fix.account, fix.target])
    policies.set(policy, [...(policies.get(policy) ?? []), fix])
  }
  const together = [...policies.values()].flatMap(group => {
    const [first] = group
    return first
      ? mergedStatements(group.map(({ statement }) => statement)).map(statement => ({ ...first, statement }))
      : []
  })
  return [...different.filter(fix => !isStatement(fix)), ...together].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || position(b) - position(a),
  )
}

function isStatement(fix: Fix): fix is Statements {
  return 'statement' in fix && typeof fix.statement === 'object'
}

/** What stands last is taken out first. */
function position(fix: Fix): number {
  return fix.kind === 'remove-statement' && /^\d+$/.test(fix.statement) ? Number(fix.statement) : 0
}

/**
 * Whether a Terraform file can say it: of one resource of a root module, which stays where it is. An override may not have `depends_on`
 * (https://developer.hashicorp.com/terraform/language/files/override#merging-resource-and-data-blocks).
 */
function isFile(fix: Fix): boolean {
  if (['remove', 'move', 'depends-on'].includes(fix.kind) || !isWhole(fix)) return false
  if (fix.kind === 'resource') return true
  const address = parseAddress(fix.target)
  if (!address) return fix.kind === 'identity-statement' || fix.kind === 'key-policy-statement'
  return address.modules.length === 0 && address.index === null
}

/** Whether a fix says all: where any key would do, it can only describe what to put there. */
function isWhole(fix: Fix): boolean {
  return fix.kind !== 'attribute' || typeof fix.value !== 'string' || !fix.value.includes(' ')
}

function tooLong(changes: readonly Changes[]): readonly string[] {
  return changes.flatMap(({ override: { resource = {} } }) =>
    Object.entries(resource as { readonly [type: string]: { readonly [name: string]: JsonObject } })
      .filter(([type]) => type.startsWith('aws_kms_'))
      .flatMap(([type, named]) =>
        Object.entries(named).flatMap(([name, { policy }]) =>
          typeof policy === 'string' && Buffer.byteLength(policy) > KEY_POLICY_BYTES
            ? [
                `the policy of ${type}.${name} would be longer than the ${KEY_POLICY_BYTES} bytes that AWS takes; admit an organization by \`aws:PrincipalOrgID\`, or make grants`,
              ]
            : [],
        ),
      ),
  )
}
