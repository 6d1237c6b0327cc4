import { parseJson } from '../../policies/intrinsics'
import { BadInput, type Place } from '../bad-input'
import type { RegisteredRule } from '../registry'
import { mistakesIn } from './check'
import type { Contents } from './schema'
import { type ConfigText, parse } from './text'

/**
 * What the text of a keyreach.yaml says. `known` are the rules that it may name, ours where nothing else is said; `read` gives the text of a
 * file that it names at a place. Throws `BadInput` with line and column for what is not YAML, an unknown key and a wrong type.
 */
export function factsIn(
  text: string,
  file: string,
  known: readonly RegisteredRule[] | undefined,
  read: (name: string, place: Place) => string,
): Contents {
  const config = parse(text, file)
  config.reject(mistakesIn(config.contents, known))
  return { ...config.contents, ...withPolicies(config, read) }
}

/** The declared keys, their policies as texts wherever they were written. */
function withPolicies(config: ConfigText, read: (name: string, place: Place) => string): Partial<Contents> {
  const { keys } = config.contents
  if (!keys) return {}
  const texts = Object.entries(keys).map(([arn, facts]) => [
    arn,
    facts.policy === undefined ? facts : { ...facts, policy: policyText(facts.policy, policyPlace(config, arn), read) },
  ])
  return { keys: Object.fromEntries(texts) }
}

function policyPlace(config: ConfigText, arn: string): Place {
  return config.place(['keys', arn, 'policy'])
}

function policyText(policy: string, place: Place, read: (name: string, place: Place) => string): string {
  const inline = policy.trimStart().startsWith('{')
  const json = inline ? policy : read(policy, place)
  if (parseJson(json) === null) throw new BadInput(place, `expected a policy in JSON${inline ? '' : ` in ${policy}`}`)
  return json
}
