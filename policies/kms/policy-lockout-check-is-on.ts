import type { Json } from '../intrinsics'
import { keyNodes } from '../lang/key-identity'
import { isUnknown } from '../lang/maybe'
import { attribute, type Node, place, resources, type Shape } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'

/**
 * AWS checks that a new key policy lets its author change it again.
 *
 * With `bypass_policy_lockout_safety_check` a policy that nobody may change is accepted, and only AWS Support can undo it. It does not
 * help where a policy is refused: what the policy lacks is a statement that allows `kms:PutKeyPolicy` to whoever applies the plan.
 */
export default rule({
  severity: 'warning',
  aliases: ['kms-no-policy-lockout-bypass'],
  symptoms: [
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  ],
  references: [
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
  ],

  *situations() {
    for (const node of [...keyNodes(), ...resources('aws_kms_key_policy')])
      yield {
        at: place(node, 'bypass_policy_lockout_safety_check'),
        account: node.account,
        region: node.region,
        target: node.address,
        actual: checkOf(node),
      }
  },

  requirements: ({ at, target, actual }) => [
    {
      kind: 'is',
      what: `the check for lockout by the policy of \`${target}\``,
      actual,
      wanted: 'on',
      value: false,
      at,
      target,
      path: 'bypass_policy_lockout_safety_check',
      because: 'a policy that nobody may change cannot be mended when a consumer is missing from it',
    },
  ],
})

/** A resource that sets a key policy. */
type Setting = Node<{ attributes: { bypass_policy_lockout_safety_check: boolean }; blocks: Shape['blocks'] }>

function checkOf(node: Setting): string | null {
  const bypass = attribute(node, 'bypass_policy_lockout_safety_check')
  if (isUnknown(bypass)) return null
  return bypass === true ? 'off' : 'on'
}

export const examples = (): Examples => ({
  pass: { 'nothing is said': world(null), 'it is not bypassed': world(false) },
  fail: { 'it is bypassed': world(true) },
  unknown: { 'it is known at apply': world(later) },
})

function world(bypass: Json): ExampleWorld {
  const key = { bypass_policy_lockout_safety_check: bypass }
  return { accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': key } }] }
}
