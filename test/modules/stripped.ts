import { demandedBy } from '../../engine/buildable'
import { exampleWorld } from '../../engine/example'
import { stepsOf } from '../../engine/fix/attribute'
import { evaluateRules, type Judged } from '../../engine/native'
import type { RegisteredRule } from '../../engine/registry'
import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'
import type { ExampleWorld } from '../../policies/lang/rule'

/** An example without what a rule asks of its situations: as if nobody had built it yet. */
export function stripped(example: ExampleWorld, rule: RegisteredRule): ExampleWorld {
  const judged: Judged[] = []
  evaluateRules([rule], exampleWorld(example), { witness: one => judged.push(one) })
  const situations = [...new Set(judged.map(({ situation }) => situation))]
  return situations.flatMap(situation => demandedBy(rule.rule, situation)).reduce(without, example)
}

function without(example: ExampleWorld, fix: Fix): ExampleWorld {
  const edit = (use: (address: string, values: JsonObject) => JsonObject | null): ExampleWorld => ({
    ...example,
    accounts: example.accounts.map(account => ({
      ...account,
      resources: Object.fromEntries(
        Object.entries(account.resources).flatMap(([address, values]) => {
          const left = use(address, values)
          return left ? [[address, left] as const] : []
        }),
      ),
    })),
  })
  if (fix.kind === 'attribute')
    return edit((address, values) =>
      address === fix.target ? (unset(values, stepsOf(fix.path)) as JsonObject) : values,
    )
  if (fix.kind === 'resource')
    return edit((address, values) => (address.startsWith(`${fix.type}.`) && fix.type !== 'aws_kms_key' ? null : values))
  if (fix.kind === 'depends-on')
    return edit((address, { depends_on, ...values }) =>
      address === fix.target ? values : { ...values, ...(depends_on !== undefined && { depends_on }) },
    )
  if (fix.kind === 'trust-statement')
    return edit((address, values) =>
      address === fix.target ? { ...values, assume_role_policy: { Statement: [] } } : values,
    )
  const { statement } = fix as Extract<Fix, { kind: 'key-policy-statement' }>
  const actions = new Set([statement.Action ?? []].flat().map(one => String(one).toLowerCase()))
  const isOurs = (one: Json) =>
    isObject(one) && [one.Action ?? one.actions ?? []].flat().some(action => actions.has(String(action).toLowerCase()))
  const types = fix.kind === 'key-policy-statement' ? /^aws_kms_.*key/ : /^aws_iam_/
  return edit((address, values) => {
    if (!types.test(address) && !address.startsWith('data.aws_iam_policy_document.')) return values
    const edited = { ...values } as Record<string, Json>
    if (isObject(values.policy) && Array.isArray(values.policy.Statement))
      edited.policy = { ...values.policy, Statement: values.policy.Statement.filter(one => !isOurs(one)) }
    if (Array.isArray(values.statement)) edited.statement = values.statement.filter(one => !isOurs(one))
    return edited
  })
}

function unset(values: Json, [step, ...rest]: ReturnType<typeof stepsOf>): Json {
  if (!isObject(values) || !step) return values
  const { [step.name]: own, ...others } = values
  if (rest.length === 0) return others
  if (!Array.isArray(own)) return values
  const at = step.having
    ? own.findIndex(one => isObject(one) && one[step.having?.[0] ?? ''] === step.having?.[1])
    : step.position
  return { ...values, [step.name]: own.map((one, i) => (i === at ? unset(one, rest) : one)) }
}
