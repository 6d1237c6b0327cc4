import type { File } from '../file'
import type { Judged } from '../load'
import type { RuleModel } from '../read'
import { registered, variable } from './registry'

/** `modules/rules.ts`: a construct for every rule whose requirements can be built, typed by what the rule speaks of. */
export function emitRuleConstructs(rules: readonly RuleModel[], judged: ReadonlyMap<string, Judged>): File {
  const built = buildable(rules, judged)
  const text = [
    '// Generated from policies by generator/emit/rule-constructs.ts; do not edit.\n',
    "import type { Construct } from 'constructs'",
    ...built.map(({ id }) => `import ${variable(id)} from '../policies/${id}'`),
    "import { RuleConstruct, type RuleConstructProps, type SituationOf } from './satisfy/rule-construct'",
    '',
    ...built.map(rule => construct(rule, '')),
  ].join('\n')
  return { path: 'modules/rules.ts', text }
}

/**
 * The constructs of a team's own rules, which are in `folder`, for CDK for Terraform or its fork; and `own`, with which everything else is
 * checked by them.
 */
export function emitOwnConstructs(
  rules: readonly RuleModel[],
  judged: ReadonlyMap<string, Judged>,
  flavour: string,
  folder: string,
): string {
  return [
    "import type { Construct } from 'constructs'",
    `import { type OwnRules, RuleConstruct, type RuleConstructProps, type SituationOf } from 'keyreach/${flavour}'`,
    "import { evaluateWith } from 'keyreach/policies/intrinsics'",
    "import { judge } from 'keyreach/policies/lang/judge'",
    "import { satisfying } from 'keyreach/policies/lang/satisfying'",
    "import { redacted } from 'keyreach/policies/lang/secret'",
    ...rules.map(({ id }) => `import ${variable(id)} from '${folder}/${id}'`),
    '',
    '/** These rules, for `RuleChecks`. */',
    'export const own: OwnRules = {',
    '  rules: [',
    ...registered(rules),
    '  ],',
    '  language: { evaluateWith, judge, redacted, satisfying },',
    '}',
    '',
    ...buildable(rules, judged).map(rule => construct(rule, ', own')),
  ].join('\n')
}

/** The rules whose requirements a construct can build. */
function buildable(rules: readonly RuleModel[], judged: ReadonlyMap<string, Judged>): readonly RuleModel[] {
  return rules.filter(({ id }) => judged.get(id)?.obstacle === null)
}

/** `kms/key-is-rotated` → `KmsKeyIsRotated`. */
export function constructName(id: string): string {
  const name = variable(id)
  return `${name[0]?.toUpperCase()}${name.slice(1)}`
}

function construct({ id, summary }: RuleModel, own: string): string {
  const situation = `SituationOf<typeof ${variable(id)}>`
  return `/** Builds what \`${id}\` requires: ${summary} */
export class ${constructName(id)} extends RuleConstruct<${situation}> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<${situation}>) {
    super(scope, id, ${variable(id)}, props${own})
  }
}
`
}
