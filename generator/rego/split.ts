import { type Body, type Branch, call, type Literal, local, rule } from './ast'
import type { Context } from './context'
import { freeInBranches, freeInTerm, isCostly, pruned } from './free'
import { numbered } from './names'

type Assign = Extract<Literal, { kind: 'assign' }>

/** The assignments that cost something and that two branches or more would repeat. */
export function shared(branches: readonly Branch[]): readonly Assign[] {
  const needed = branches.map(needs)
  const all = new Set(needed.flat())
  return [...all].filter(assign => isCostly(assign.term) && needed.filter(list => list.includes(assign)).length > 1)
}

/**
 * Branches in which nothing costly is computed twice: from the first that needs a shared value on, they become a function of it.
 * Wasm remembers no calls, so that a value bound in each branch would be computed in each.
 */
export function split(branches: readonly Branch[], name: string, cx: Context): readonly Branch[] {
  const dear = shared(branches)
  for (const [first, branch] of branches.entries()) {
    const at = branch.body.findIndex(literal => literal.kind === 'assign' && dear.includes(literal))
    const assign = branch.body[at]
    if (!assign) continue
    const end = branches.findLastIndex(other => other.body.includes(assign)) + 1
    const last = branches[end - 1]
    const start = branch.body.slice(0, at)
    if (
      !last ||
      afterwards(last.body, assign).some(isTest) ||
      branches.slice(first, end).some(other => !other.body.includes(assign))
    )
      continue
    const given = run(branch.body, at, branches.slice(first, end))
    const inner = branches.slice(first, end).map(({ value, body }) => ({
      value,
      body: body.filter(literal => !start.includes(literal) && !given.some(each => each === literal)),
    }))
    return [...branches.slice(0, first), helped(start, given, inner, name, cx), ...split(branches.slice(end), name, cx)]
  }
  return branches
}

/** The assignments that follow one another from a place on and that all branches have. */
function run(body: Body, at: number, branches: readonly Branch[]): readonly Assign[] {
  const given: Assign[] = []
  for (const literal of body.slice(at)) {
    if (literal.kind !== 'assign' || branches.some(branch => !branch.body.includes(literal))) break
    given.push(literal)
  }
  return given
}

/** One branch that computes what is shared and passes it on to a function of the rest. */
function helped(start: Body, given: readonly Assign[], inner: readonly Branch[], name: string, cx: Context): Branch {
  const parameters = [
    ...freeInBranches(
      inner.map(({ value, body }) => ({ value, body: pruned(body, value === null ? new Set() : freeInTerm(value)) })),
    ),
  ]
  const helper = numbered(`_${name.replace(/^_+|_given_.*$/g, '')}_given_${given[0]?.name ?? 'it'}`, candidate =>
    cx.module.taken.has(candidate),
  )
  cx.module.taken.add(helper)
  cx.module.helpers.push([rule(helper, parameters, split(inner, helper, cx))])
  const only = given.length === 1 ? given[0] : undefined
  if (only)
    return {
      value: call(helper, ...parameters.map(parameter => (parameter === only.name ? only.term : local(parameter)))),
      body: start,
    }
  return { value: call(helper, ...parameters.map(local)), body: [...start, ...given] }
}

function needs({ value, body }: Branch): readonly Assign[] {
  return pruned(body, value === null ? new Set() : freeInTerm(value)).filter(literal => literal.kind === 'assign')
}

function afterwards(body: Body, literal: Literal): Body {
  return body.slice(body.indexOf(literal) + 1)
}

function isTest(literal: Literal): boolean {
  return literal.kind !== 'assign'
}
