/**
 * The file that a rule begins as: it compiles, and each part that its author has to think about is marked. `words` is where the words of
 * rules are imported from.
 */
export function scaffold(name: string, words: string): string {
  const claim = (name.split('/')[1] ?? '').replaceAll('-', ' ')
  return `import type { JsonObject } from '${words}/intrinsics'
import { attribute, place, resources } from '${words}/lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '${words}/lang/rule'

/**
 * ${claim.charAt(0).toUpperCase()}${claim.slice(1)}.
 *
 * FILL IN: what AWS does where this is not so, why, and what does not help. This comment becomes the page of the rule.
 */
export default rule({
  severity: 'error',
  aliases: [],
  // FILL IN: the literal texts of the errors that follow, with {…} for what varies.
  symptoms: [],
  // FILL IN: where AWS says so.
  references: [],

  // FILL IN: every place that the rule speaks about, and what its requirements need to know of it.
  *situations() {
    for (const key of resources('aws_kms_key'))
      yield {
        at: place(key, 'is_enabled'),
        account: key.account,
        region: key.region,
        enabled: attribute(key, 'is_enabled'),
      }
  },

  // FILL IN: what must hold there, of the kinds in policies/lang/requirement.ts, each with the reason.
  requirements: () => [],
})

/** FILL IN: worlds that differ in one thing each, named for it, under the verdict that they must get. */
export const examples = (): Examples => ({
  pass: { 'the key is enabled': key({ is_enabled: true }) },
  fail: { 'the key is disabled': key({ is_enabled: false }) },
  unknown: { 'it is known at apply whether the key is enabled': key({ is_enabled: later }) },
})

function key(attributes: JsonObject): ExampleWorld {
  return { accounts: [{ id: '444455556666', resources: { 'aws_kms_key.image': attributes } }] }
}
`
}
