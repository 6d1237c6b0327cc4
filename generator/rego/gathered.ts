import type { Module } from './ast'

/** The modules that speak for all rules: `policies.report` for OPA and Wasm, `main` and what it needs for conftest. */
export function gathered(modules: readonly Module[]): readonly { readonly path: string; readonly text: string }[] {
  const rules = modules
    .filter(module => module.rules.some(rule => rule.name === 'findings'))
    .map(module => module.package)
  return [
    { path: 'policies/report.rego', text: report(rules) },
    { path: 'policies/conftest.rego', text: conftest },
    { path: 'main.rego', text: main() },
  ]
}

const header = '# Generated from generator/rego/gathered.ts; do not edit.\n'

function report(rules: readonly string[]): string {
  const services = [...new Set(rules.map(name => name.split('.').slice(0, 2).join('.')))].sort()
  const bodies = rules.map(
    name => `findings contains finding if some finding in ${name.split('.').slice(1).join('.')}.findings\n`,
  )
  const none = 'findings := set()\n'
  return [
    header,
    `# METADATA\n# title: The findings of all rules\npackage policies.report\n`,
    ...(services.length > 0 ? [services.map(name => `import data.${name}\n`).join('')] : []),
    ...(bodies.length > 0 ? bodies : [none]),
  ].join('\n')
}

const conftest = `${header}
# METADATA
# title: Findings in the form that conftest reads
package policies.conftest

# The failures of a severity that nobody waives.
failures(findings, severity) := {failure |
	some finding in findings
	finding.verdict == "fail"
	finding.severity == severity
	finding.waived == null
	failure := object.union(finding, {"msg": finding.message})
}
`

function main(): string {
  const outcomes = [
    ['deny', 'error'],
    ['warn', 'warning'],
  ] as const
  return [
    header,
    '# METADATA\n# title: The failures of all rules, for conftest\npackage main\n',
    'import data.policies.conftest\nimport data.policies.report\n',
    ...outcomes.map(
      ([name, severity]) =>
        `${name} contains failure if some failure in conftest.failures(report.findings, "${severity}")\n`,
    ),
  ].join('\n')
}
