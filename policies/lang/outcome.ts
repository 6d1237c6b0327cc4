import { like, lower } from '../intrinsics'
import { type Context, holds, resolved } from './condition'
import { isUnknown } from './maybe'
import { type Admission, admission, type Caller, denies, NOBODY } from './principal'
import type { Statement, Term } from './statement'
import { covers, type KeyPlace } from './term'
import { all, any, not, type Truth, truth } from './truth'

/** What is asked: an action (`kms:Decrypt`) and what its request carries. */
export interface Request {
  readonly action: string
  readonly context: Context
}

/**
 * A statement that may be about a caller: how an Allow admits it, and whether a Deny concerns it. `actions`: those of Action or NotAction,
 * in lower case.
 */
export interface Entry {
  readonly statement: Statement
  readonly admission: Admission
  readonly denies: Truth
  readonly actions: readonly Term[]
}

/**
 * What a statement does to a request: whether it allows it (to whom it names), how it gives that to the caller, and whether it denies it.
 * `failing` and `open`: the keys of its conditions that do not hold, or of which that cannot be told.
 */
export interface Outcome {
  readonly statement: Statement
  readonly admission: Admission
  readonly allows: Truth
  readonly gives: Admission
  readonly denies: Truth
  readonly failing: readonly string[]
  readonly open: readonly string[]
}

/** The statements of a resource policy that may be about a caller. */
export function entriesFor(caller: Caller, bounded: Truth, statements: readonly Statement[]): readonly Entry[] {
  return statements
    .map(statement => ({
      statement,
      admission: statement.effect === 'Deny' ? NOBODY : admission(statement, caller),
      denies: statement.effect === 'Allow' ? 'no' : denies(statement, caller, bounded),
      actions: lowered(statement),
    }))
    .filter(entry => isConcerned(entry))
}

/** The statements of a policy that hangs on the caller itself, and so names no principal. */
export function ownEntries(statements: readonly Statement[]): readonly Entry[] {
  return statements
    .filter(statement => statement.principals === null && statement.notPrincipals === null)
    .map(statement => ({ statement, admission: ITSELF, denies: 'yes', actions: lowered(statement) }))
}

const ITSELF: Admission = { itself: 'yes', role: 'no', account: 'no' }

function lowered(statement: Statement): readonly Term[] {
  const actions = statement.actions ?? statement.notActions ?? []
  return actions.map(action => (isUnknown(action) ? action : lower(action)))
}

/** What the statements that may be about a request do to it. */
export function outcomes(entries: readonly Entry[], request: Request, key: KeyPlace): readonly Outcome[] {
  const action = lower(request.action)
  return entries.flatMap(entry => {
    const about = actionIs(entry, action)
    if (about === 'no') return []
    return [outcome(entry, about, request.context, key)]
  })
}

function isConcerned(entry: Entry): boolean {
  const { admission } = entry
  if (admission.itself !== 'no' || admission.role !== 'no' || admission.account !== 'no') return true
  return entry.denies !== 'no'
}

function outcome(entry: Entry, about: Truth, context: Context, key: KeyPlace): Outcome {
  const { statement, admission } = entry
  const conditions = statement.conditions.map(condition => ({ key: condition.key, truth: holds(condition, context) }))
  const matches = all([about, resourceIs(statement, context, key), ...conditions.map(one => one.truth)])
  const allows = effective(statement.effect, 'Allow', matches)
  return {
    statement,
    admission,
    allows,
    gives: given(allows, admission),
    denies: effective(statement.effect, 'Deny', all([entry.denies, matches])),
    failing: conditions.filter(one => one.truth === 'no').map(one => one.key),
    open: conditions.filter(one => one.truth === 'unknown').map(one => one.key),
  }
}

function given(allows: Truth, admission: Admission): Admission {
  if (allows === 'yes') return admission
  if (allows === 'no') return NOBODY
  return {
    itself: all([allows, admission.itself]),
    role: all([allows, admission.role]),
    account: all([allows, admission.account]),
  }
}

function effective(effect: Term, wanted: string, matches: Truth): Truth {
  if (effect === wanted) return matches
  if (isUnknown(effect) && matches !== 'no') return 'unknown'
  return 'no'
}

/** Names of actions are compared without regard to case. */
function actionIs(entry: Entry, action: string): Truth {
  const { statement } = entry
  if (statement.actions === null && statement.notActions === null) return 'no'
  const matches = any(entry.actions.map(pattern => actionMatches(pattern, action)))
  if (statement.actions === null) return not(matches)
  return matches
}

function actionMatches(pattern: Term, action: string): Truth {
  if (isUnknown(pattern)) return 'unknown'
  return truth(like(pattern, action))
}

/**
 * A statement without Resource has no effect, not even in a key policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
function resourceIs(statement: Statement, context: Context, key: KeyPlace): Truth {
  if (statement.resources !== null)
    return any(statement.resources.map(pattern => resourceMatches(pattern, context, key)))
  if (statement.notResources !== null)
    return not(any(statement.notResources.map(pattern => resourceMatches(pattern, context, key))))
  return 'no'
}

/** Variables are replaced only behind the fifth colon of an ARN. */
function resourceMatches(pattern: Term, context: Context, key: KeyPlace): Truth {
  if (isUnknown(pattern) || !pattern.includes('${')) return covers(pattern, key)
  if (
    pattern
      .split(':')
      .slice(0, 5)
      .some(part => part.includes('${'))
  )
    return 'no'
  return covers(resolved(pattern, context), key)
}
