import type { File } from '../file'
import type { RuleModel } from '../read'

/** `engine/registry.ts`: every rule under its id, so that nobody registers one by hand. */
export function emitRegistry(rules: readonly RuleModel[]): File {
  const text = [
    '// Generated from policies by generator/emit/registry.ts; do not edit.\n',
    ...imports(rules),
    '',
    '/** A rule, the name that its path gives it, and the first line of its page. */',
    'export interface RegisteredRule {',
    '  readonly id: string',
    '  readonly summary: string',
    '  readonly file: string',
    '  readonly rule: Rule<Situation>',
    '}\n',
    'export const rules: readonly RegisteredRule[] = [',
    ...registered(rules),
    ']\n',
  ].join('\n')
  return { path: 'engine/registry.ts', text }
}

/** The elements of a list of rules that are imported by the names that `variable` gives. */
export function registered(rules: readonly RuleModel[]): readonly string[] {
  return rules.flatMap(({ id, summary, file }) => [
    '  {',
    `    id: ${quoted(id)},`,
    ...property('summary', quoted(summary)),
    `    file: ${quoted(file)},`,
    `    rule: ${variable(id)},`,
    '  },',
  ])
}

/** Sorted by path, as the linter asks. */
function imports(rules: readonly RuleModel[]): readonly string[] {
  const named = rules.map(({ id, file }) => [file.replace(/\.ts$/, ''), `import ${variable(id)}`] as const)
  return [['policies/lang/rule', 'import type { Rule, Situation }'] as const, ...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, what]) => `${what} from '../${path}'`)
}

/** `kms/key-enabled` → `kmsKeyEnabled`. */
export function variable(id: string): string {
  return id.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** A property in the layout of the formatter, which breaks a line that is too long behind the colon. */
function property(name: string, value: string): readonly string[] {
  const line = `    ${name}: ${value},`
  return line.length <= 120 ? [line] : [`    ${name}:`, `      ${value},`]
}

function quoted(text: string): string {
  const wrapped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')
  return wrapped.includes("'") && !wrapped.includes('"') ? `"${wrapped}"` : `'${wrapped.replaceAll("'", "\\'")}'`
}
