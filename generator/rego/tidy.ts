import type { Rule } from './ast'
import { freeInBranches, freeInTerm, pruned } from './free'

/** A rule without what it binds and does not read: `opa check --strict` refuses unused variables. */
export function tidy(rule: Rule): Rule {
  const branches = rule.branches.map(({ value, body }) => ({
    value,
    body: pruned(body, value === null ? headReads(rule) : freeInTerm(value)),
  }))
  const read = freeInBranches(branches)
  const parameters = rule.parameters?.map(parameter => (read.has(parameter) ? parameter : '_')) ?? null
  return { ...rule, branches, parameters }
}

function headReads({ contains }: Rule): ReadonlySet<string> {
  if (contains === null) return new Set()
  return new Set([...freeInTerm(contains.value), ...(contains.key === null ? [] : freeInTerm(contains.key))])
}
