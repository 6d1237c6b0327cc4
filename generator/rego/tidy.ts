import { type Branch, type Rule, scalar } from './ast'
import { freeInBranches, freeInTerm, pruned } from './free'

/** A rule without what it binds and does not read: `opa check --strict` refuses unused variables. */
export function tidy(rule: Rule): Rule {
  const all = rule.branches.map(({ value, body }) => ({
    value,
    body: pruned(body, value === null ? headReads(rule) : freeInTerm(value)),
  }))
  const branches = rule.contains === null ? possible(all) : all
  const read = freeInBranches(branches)
  const parameters = rule.parameters?.map(parameter => (read.has(parameter) ? parameter : '_')) ?? null
  return { ...rule, branches, parameters }
}

function headReads({ contains }: Rule): ReadonlySet<string> {
  if (contains === null) return new Set()
  return new Set([...freeInTerm(contains.value), ...(contains.key === null ? [] : freeInTerm(contains.key))])
}

/** The branches up to the first that nothing conditions. */
function possible(branches: readonly Branch[]): readonly Branch[] {
  const last = branches.findIndex(({ body }) => body.length === 0)
  const tried = last < 0 ? branches : branches.slice(0, last + 1)
  return tried.map(({ value, body }) => ({ value: value === null && body.length === 0 ? scalar(true) : value, body }))
}
