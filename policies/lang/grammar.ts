import { isUnknown } from './maybe'
import type { Statement } from './statement'

/**
 * What a statement lacks or has too much, as far as AWS refuses the whole policy for it; null where nothing is wrong.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function flawOf(statement: Statement, isKeyPolicy: boolean): string | null {
  const { effect, actions, notActions } = statement
  if (!isUnknown(effect) && effect !== 'Allow' && effect !== 'Deny') return 'has no `Effect` of `Allow` or `Deny`'
  if (isNone(actions) && isNone(notActions)) return 'has no `Action`'
  if (isKeyPolicy) return flawOfResourcePolicy(statement)
  return flawOfIdentityPolicy(statement)
}

/** KMS takes a statement without Resource, though it has no effect. */
function flawOfResourcePolicy({ principals, notPrincipals, otherPrincipals }: Statement): string | null {
  if (isNone(principals) && isNone(notPrincipals) && isNone(otherPrincipals)) return 'has no `Principal`'
  return null
}

function flawOfIdentityPolicy(statement: Statement): string | null {
  const { principals, notPrincipals, otherPrincipals, resources, notResources } = statement
  if (!isNone(principals) || !isNone(notPrincipals) || !isNone(otherPrincipals))
    return 'has a `Principal`, which only policies of resources have'
  if (isNone(resources) && isNone(notResources)) return 'has no `Resource`'
  return null
}

function isNone(element: readonly unknown[] | null): boolean {
  return element === null || element.length === 0
}
