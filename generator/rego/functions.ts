import { ts } from 'ts-morph'
import { type Body, type Branch, type Literal, type Rule, rule, scalar } from './ast'
import { booleanRules, booleanTerm, branchesOf, condition, opposed, single } from './conditions'
import { type Context, within } from './context'
import { isCostly, pruned, readBy } from './free'
import { shared, split } from './split'
import { follow } from './statements'
import { isBoolean } from './types'

/** A `return`, with what holds where it stands. */
interface Exit {
  readonly result: ts.Expression
  readonly body: Body
  readonly cx: Context
}

/**
 * The rules of a function, fact or callback: a branch for each way to a `return`, in order.
 * What gives true or false alone has a body for each way to be true, where that says the same.
 */
export function functionRules(
  name: string,
  parameters: readonly string[] | null,
  content: ts.Block | ts.Expression,
  owner: ts.SignatureDeclaration,
  cx: Context,
  before: Body = [],
  comment: readonly string[] = [],
): readonly Rule[] {
  const exits: Exit[] = []
  if (ts.isBlock(content))
    follow(content.statements, before, cx, (result, body, at) => exits.push({ result, body, cx: at }))
  else exits.push({ result: content, body: before, cx })
  const signature = cx.module.program.checker.getSignatureFromDeclaration(owner)
  const isCondition = signature !== undefined && isBoolean(signature.getReturnType())
  if (isCondition) return conditionRules(name, parameters, exits, cx, comment)
  const branches = exits.flatMap(exit => branchesOf(exit.result, exit.body, within(exit.cx)))
  return [rule(name, parameters, split(branches, name, cx), comment)]
}

function conditionRules(
  name: string,
  parameters: readonly string[] | null,
  exits: readonly Exit[],
  cx: Context,
  comment: readonly string[],
): readonly Rule[] {
  const bodies = trueBodies(exits)
  if (bodies === null) return [rule(name, parameters, split(chain(exits), name, cx), comment)]
  const [only] = bodies
  const [literal] = only ?? []
  if (bodies.length === 1 && only?.length === 1 && literal?.kind === 'expression')
    return [rule(name, parameters, [{ value: literal.term, body: [] }], comment)]
  return booleanRules(name, parameters, bodies, comment)
}

/** Every way to be true; null where that would say or compute something twice. */
function trueBodies(exits: readonly Exit[]): readonly Body[] | null {
  if (exits.length > 1 && shared(exits.map(({ body }) => ({ value: null, body }))).length > 0) return null
  const bodies: Body[] = []
  let guards: Body = []
  for (const [i, { result, body, cx }] of exits.entries()) {
    const ways = condition(result, true, within(cx))
    const holds = ways.length > 1 && body.some(isDearAssignment) ? [single(ways, within(cx, `${cx.hint}_where`))] : ways
    bodies.push(...holds.map(way => pruned([...new Set([...guards, ...body, ...way])], new Set())))
    if (i === exits.length - 1 || result.kind === ts.SyntaxKind.TrueKeyword) continue
    const guard = negation(body)
    if (guard === null) return null
    guards = [...guards, ...guard]
  }
  return bodies
}

/** What holds where a body does not, if that is one plain literal. */
function negation(body: Body): Body | null {
  const tests = body.filter(literal => literal.kind !== 'assign')
  const [test] = tests
  const opposite = tests.length === 1 && test ? opposed(test) : null
  if (!test || opposite === null || isDear(test)) return null
  return [
    ...pruned(
      body.filter(literal => literal.kind === 'assign'),
      readBy(test),
    ),
    opposite,
  ]
}

function isDear(literal: Literal): boolean {
  return (literal.kind === 'expression' || literal.kind === 'not') && isCostly(literal.term)
}

function isDearAssignment(literal: Literal): boolean {
  return literal.kind === 'assign' && isCostly(literal.term)
}

/** The exits one after the other, the last of them split into its ways to be true. */
function chain(exits: readonly Exit[]): readonly Branch[] {
  return exits.flatMap(({ result, body, cx }, i): readonly Branch[] => {
    const isLiteral = result.kind === ts.SyntaxKind.TrueKeyword || result.kind === ts.SyntaxKind.FalseKeyword
    if (isLiteral || i < exits.length - 1) return [{ value: booleanTerm(result, within(cx)), body }]
    const holds = single(condition(result, true, within(cx)), within(cx))
    return [
      { value: scalar(true), body: [...body, ...holds] },
      { value: scalar(false), body: [] },
    ]
  })
}
