import { lower } from '../intrinsics'
import { partitionOfRegion } from './aws'
import { ebsContext } from './context'
import { type Decision, decide } from './decision'
import { SOME_KEY } from './key-facts'
import { unknown } from './maybe'
import type { Caller } from './principal'
import type { Condition, Statement } from './statement'
import type { Truth } from './truth'
import type { WrittenPolicy } from './written-policies'

/** A pattern for the roles of all instances of all accounts. */
export function instanceRoles(region: string | null): string {
  return `arn:${partitionOfRegion(region ?? '')}:iam::*:role/aws:ec2-infrastructure/*`
}

/** Whether a statement denies by where a request comes from, or may. */
export function isNetworkDeny({ effect, conditions }: Statement): boolean {
  return effect !== 'Allow' && conditions.some(condition => isOfNetwork(condition) || condition.key === '')
}

/**
 * Whether such a Deny hits the role as which EC2 attaches a volume to an instance. It comes from no network of the customer's, so that the
 * network alone spares it nothing.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
export function deniesInstances(policy: WrittenPolicy, statement: Statement): Truth {
  if (!isNetworkDeny(statement)) return 'no'
  return instanceDecision(policy, statement).denied
}

/** What would make it known whether a Deny hits the roles of instances. */
export function askedOfInstances(policy: WrittenPolicy, statement: Statement): readonly string[] {
  if (!isNetworkDeny(statement)) return []
  return instanceDecision(policy, statement).known
}

function instanceDecision({ account, region }: WrittenPolicy, statement: Statement): Decision {
  const home = account ?? unknown('the account of the key')
  const instance: Caller = {
    arn: `arn:${partitionOfRegion(region ?? '')}:iam::${account ?? '000000000000'}:role/aws:ec2-infrastructure/i-0123456789abcdef0`,
    account: account ?? '000000000000',
    kind: 'role',
  }
  const where = region ?? unknown('the region of the key')
  return decide(
    instance,
    'kms:Decrypt',
    ebsContext(instance, 'kms:Decrypt', where, SOME_KEY, unknown('the organization of the account')),
    {
      keyArn: unknown('the ARN of the key'),
      keyAccount: home,
      keyRegion: where,
      keyPolicy: [{ ...statement, conditions: statement.conditions.filter(condition => !isOfNetwork(condition)) }],
      identity: [],
      boundary: null,
      grants: [],
      otherGrants: 'unknown',
    },
  )
}

const NETWORK: readonly string[] = ['aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpc', 'aws:sourcevpce']

function isOfNetwork({ key }: Condition): boolean {
  return NETWORK.includes(lower(key))
}
