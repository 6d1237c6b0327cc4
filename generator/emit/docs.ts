import type { Finding } from '../../policies/lang/finding'
import type { Parameter } from '../../policies/lang/parameter'
import type { Requirement } from '../../policies/lang/requirement'
import type { ExampleWorld } from '../../policies/lang/rule'
import type { File } from '../file'
import type { Judged } from '../load'
import type { RuleModel } from '../read'
import { cell, filled, table } from './markdown'
import { remedies } from './remedies'
import { constructName } from './rule-constructs'

/**
 * One page a rule, `docs/rules/<service>/<claim>.md`; the finding on it is what keyreach prints for the rule's first failing example. `group`
 * stands before the names of constructs.
 */
export function emitPages(
  rules: readonly RuleModel[],
  judged: ReadonlyMap<string, Judged>,
  group: 'rules.' | '',
): readonly File[] {
  return rules.map(rule => {
    const told = judged.get(rule.id)
    if (!told) throw new Error(`${rule.file} has no examples`)
    return { path: `docs/rules/${rule.id}.md`, text: page(rule, told, group) }
  })
}

/** `readme` with the table of rules between its two markers; throws where it has none. */
export function emitReadme(readme: string, rules: readonly RuleModel[]): File {
  const rows = rules.map(({ id, severity, summary }) => [`[${id}](docs/rules/${id}.md)`, severity, cell(summary)])
  const text = filled(
    { path: 'README.md', text: readme },
    { rules: table(['rule', 'severity', 'what it demands'], rows) },
  )
  return { path: 'README.md', text }
}

function page(rule: RuleModel, { examples, parameters, obstacle, judge }: Judged, group: string): string {
  const all = [examples.fail, examples.pass, examples.unknown].flatMap(group => Object.values(group))
  const findings = all.flatMap(example => judge(example).report.findings)
  return [
    `<!-- Generated from ${rule.file}; do not edit. -->`,
    `# ${rule.id}`,
    rule.summary,
    rule.description,
    `Severity: \`${rule.severity}\`${rule.aliases.map(alias => `, also known as \`${alias}\``).join('')}`,
    ...requirements(findings),
    ...settings(rule.id, parameters),
    ...names('Fails when', examples.fail),
    ...names('Passes when', examples.pass),
    ...names('Unknown when', examples.unknown),
    ...list('Fix', remedies(findings.flatMap(({ fix }) => fix))),
    ...construct(rule.id, obstacle, group),
    ...finding(examples.fail, judge),
    ...list(
      'Symptoms',
      rule.symptoms.map(symptom => `\`${symptom}\``),
    ),
    ...list(
      'References',
      rule.references.map(reference => `<${reference}>`),
    ),
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** What the kinds of requirements demand; null where each requirement has a sentence of its own, which its passing findings say. */
const demands: { readonly [K in Requirement['kind']]: string | null } = {
  may: 'the principal may use the key, all policies and grants together',
  'allowed-by-identity': 'the policies of the principal allow it the use of the key',
  admits: 'the policy of the key admits the audience',
  'holds-grant': 'a grant on the key gives the principal the operations',
  trusts: 'the trust policy of the role lets the principal assume it',
  is: null,
  holds: null,
  'issued-in': "the grant is made with credentials of the grantee's account",
  'customer-managed': 'what is shared is under a customer managed key, or not encrypted',
  replicated: 'the key has a replica in the region',
  'actions-exist': 'every KMS action exists',
}

function requirements(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map(finding => [cell(demand(finding, findings)), cell(finding.because)])
  const different = rows.filter((row, i) => rows.findIndex(other => other.join() === row.join()) === i)
  return ['## Requirements', table(['what must hold', 'because'], different)]
}

function demand({ requirement, because }: Finding, findings: readonly Finding[]): string {
  const passing = findings.find(
    other => other.verdict === 'pass' && other.requirement === requirement && other.because === because,
  )
  return demands[requirement as Requirement['kind']] ?? passing?.message ?? requirement
}

/** What keyreach.yaml may set, with what holds where it does not. */
function settings(id: string, parameters: readonly Parameter[]): readonly string[] {
  if (parameters.length === 0) return []
  const rows = parameters.map(({ name, default: value, description }) => [
    name,
    `\`${JSON.stringify(value)}\``,
    cell(description),
  ])
  const set = parameters.map(({ name, default: value }) => `    ${name}: ${JSON.stringify(value)}`)
  return [
    '## Parameters',
    table(['parameter', 'default', 'what it is'], rows),
    `\`\`\`yaml\nparameters:\n  ${id}:\n${set.join('\n')}\n\`\`\``,
  ]
}

function construct(id: string, obstacle: string | null, group: string): readonly string[] {
  const built = `\`${group}${constructName(id)}\` builds what is required, in a program of CDK for Terraform.`
  return ['## Construct', obstacle === null ? built : `No construct builds what is required: ${obstacle}.`]
}

function finding(failing: Judged['examples']['fail'], judge: Judged['judge']): readonly string[] {
  const [name, example] = Object.entries(failing)[0] ?? []
  if (!name || !example) return []
  return ['## Finding', `Where ${name}:`, `\`\`\`text\n${judge(example).text.trimEnd()}\n\`\`\``]
}

function names(title: string, group: { readonly [name: string]: ExampleWorld }): readonly string[] {
  return list(title, Object.keys(group))
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map(item => `- ${item}`).join('\n')]
}
