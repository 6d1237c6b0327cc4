import type { ts } from 'ts-morph'
import { rule } from '../ast'
import { branchesOf } from '../conditions'
import { hoist, within } from '../context'
import { freeInBranches } from '../free'
import type { Visitor } from '../visitors'

/** `c ? a : b` is a rule of its own with two branches. */
export const conditional: Visitor<ts.ConditionalExpression> = (node, cx) => {
  const branches = branchesOf(node, [], within(cx))
  return hoist(freeInBranches(branches), cx.hint, cx, (name, parameters) => [rule(name, parameters, branches)])
}
