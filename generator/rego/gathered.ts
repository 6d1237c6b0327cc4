import type { Module } from './ast'

const input = 'policies/lang/given.ts'

/** What the modules of this file call. */
export const entries = [
  { file: input, name: 'mistaken' },
  { file: input, name: 'empty' },
  { file: 'policies/lang/kubernetes/world.ts', name: 'before' },
  { file: 'policies/lang/kubernetes/world.ts', name: 'after' },
  { file: 'policies/lang/kubernetes/world.ts', name: 'uncopied' },
  { file: 'policies/lang/kubernetes/answer.ts', name: 'answer' },
]

/** The modules that speak for all rules: `policies.report` for OPA and Wasm, `main` and what it needs for conftest. */
export function gathered(modules: readonly Module[]): readonly { readonly path: string; readonly text: string }[] {
  const rules = modules
    .filter(module => module.rules.some(rule => rule.name === 'findings'))
    .map(module => module.package)
  const hasObjects = modules.some(module => module.package === 'policies.lang.kubernetes.answer')
  return [
    { path: 'policies/report.rego', text: report(rules) },
    { path: 'policies/decision.rego', text: decision },
    ...(hasObjects ? [{ path: 'policies/admission.rego', text: admission }] : []),
    { path: 'policies/conftest.rego', text: conftest },
    { path: 'policies/input.rego', text: given },
    { path: 'main.rego', text: main(rules) },
  ]
}

const header = '# Generated from generator/rego/gathered.ts; do not edit.\n'

function report(rules: readonly string[]): string {
  return [
    header,
    `# METADATA\n# title: The findings of all rules\npackage policies.report\n`,
    ...imports(rules),
    union('findings', rules),
  ].join('\n')
}

const decision = `${header}
# METADATA
# title: What an OPA server answers of plans
package policies.decision

import data.policies.lang.given
import data.policies.report

# What is not a plan or world.
problems := given.mistaken

findings := report.findings

# How many findings have each verdict, and how many of those that fail are waived.
counts := {
	"pass": count([1 | some finding in findings; finding.verdict == "pass"]),
	"fail": count([1 | some finding in findings; finding.verdict == "fail"]),
	"unknown": count([1 | some finding in findings; finding.verdict == "unknown"]),
	"waived": count([1 | some finding in findings; finding.waived != null]),
}

# Whether nothing fails that is an error and that nobody waives.
default allow := false

allow if {
	count(problems) == 0
	count(_denied) == 0
}

_denied := [finding |
	some finding in findings
	finding.verdict == "fail"
	finding.severity == "error"
	finding.waived == null
]
`

const admission = `${header}
# METADATA
# title: What an OPA server answers to the API server of a cluster
package policies.admission

import data.policies.lang.kubernetes.answer
import data.policies.lang.kubernetes.world
import data.policies.report

# The review that was asked for, with its response.
review := answer.answer(input, world.uncopied(_cluster), _before, _after)

_after := found if {
	found := [finding | some finding in report.findings] with input as world.after(input, _cluster)
}

# What failed before is asked only where there is something to compare with it.
_before := found if {
	count([1 | some finding in _after; finding.verdict != "pass"]) > 0
	found := [finding | some finding in report.findings] with input as world.before(input, _cluster)
} else := []

# The objects that kube-mgmt has copied.
default _cluster := {}

_cluster := data.kubernetes
`

const conftest = `${header}
# METADATA
# title: Findings in the form that conftest reads
package policies.conftest

# The failures of a severity that nobody waives. What conftest prints is only the message, so that it says where and by which rule.
failures(findings, severity) := {failure |
	some finding in findings
	finding.verdict == "fail"
	finding.severity == severity
	finding.waived == null
	failure := object.union(finding, {"msg": $"{finding.at}: {finding.message} [{finding.rule}]"})
}
`

const given = `${header}
# METADATA
# title: What is no plan or world, so that nothing passes because no rule speaks of it
package policies.input

import data.policies.lang.given

deny contains {"msg": problem, "rule": "input"} if some problem in given.mistaken

warn contains {"msg": problem, "rule": "input"} if some problem in given.empty
`

function main(rules: readonly string[]): string {
  return [
    header,
    '# METADATA\n# title: The failures of all rules, for conftest\npackage main\n',
    ...imports([...rules, 'policies.input']),
    ...['deny', 'warn'].map(name => union(name, [...rules, 'policies.input'])),
  ].join('\n')
}

/**
 * What each rule has under a name, as one rule: for every further one OPA would search all that it leads to for recursion. The sets are gone
 * through one by one: Wasm copies all for each that it unites.
 */
function union(name: string, rules: readonly string[]): string {
  const sets = rules.map(rule => `\t\t${inPolicies(rule)}.${name},\n`).join('')
  if (rules.length === 0) return `${name} := set()\n`
  return `${name} contains finding if {\n\tsome own in [\n${sets}\t]\n\tsome finding in own\n}\n`
}

function imports(rules: readonly string[]): readonly string[] {
  const services = [...new Set(rules.map(name => name.split('.').slice(0, 2).join('.')))].sort()
  return services.length > 0 ? [services.map(name => `import data.${name}\n`).join('')] : []
}

function inPolicies(rule: string): string {
  return rule.split('.').slice(1).join('.')
}
