import type { File } from '../file'
import type { Judged } from '../load'
import type { RuleModel } from '../read'

/** `modules/rules.ts`: a construct for every rule whose requirements can be built, typed by what the rule speaks of. */
export function emitRuleConstructs(rules: readonly RuleModel[], judged: ReadonlyMap<string, Judged>): File {
  const built = rules.filter(({ id }) => judged.get(id)?.obstacle === null)
  const text = [
    '// Generated from policies by generator/emit/rule-constructs.ts; do not edit.\n',
    "import type { Construct } from 'constructs'",
    ...built.map(({ id }) => `import ${variable(id)} from '../policies/${id}'`),
    "import { RuleConstruct, type RuleConstructProps, type SituationOf } from './satisfy/rule-construct'",
    '',
    ...built.map(construct),
  ].join('\n')
  return { path: 'modules/rules.ts', text }
}

/** `kms/key-is-rotated` → `KmsKeyIsRotated`. */
export function constructName(id: string): string {
  const name = variable(id)
  return `${name[0]?.toUpperCase()}${name.slice(1)}`
}

function construct({ id, summary }: RuleModel): string {
  const situation = `SituationOf<typeof ${variable(id)}>`
  return `/** Builds what \`${id}\` requires: ${summary} */
export class ${constructName(id)} extends RuleConstruct<${situation}> {
  constructor(scope: Construct, id: string, props: RuleConstructProps<${situation}>) {
    super(scope, id, ${variable(id)}, props)
  }
}
`
}

function variable(id: string): string {
  return id.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
