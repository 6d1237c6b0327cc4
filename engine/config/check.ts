import type { ParameterValue } from '../../policies/lang/parameter'
import { parseAddress } from '../address'
import { type RegisteredRule, rules } from '../registry'
import { noSuchRule, ruleNamed } from '../rules'
import type { Contents } from './schema'

type Value = NonNullable<Contents['parameters']>[string][string]

/** Something wrong with a value, or with its key, in a keyreach.yaml of the right shape. */
export interface Mistake {
  readonly path: readonly PropertyKey[]
  readonly isKey: boolean
  readonly text: string
}

/** Names of parameters and addresses that there are none of, dates that no year has, and what contradicts itself. */
export function mistakesIn(contents: Contents, known: readonly RegisteredRule[] = rules): readonly Mistake[] {
  const { plans = [], waivers = [], parameters = {}, keys = {} } = contents
  return [
    ...plans.flatMap(({ file, identities = {} }, i) => [
      ...(plans.findIndex(other => other.file === file) < i
        ? [at(['plans', i, 'file'], `\`${file}\` is named twice; keep one`)]
        : []),
      ...Object.keys(identities)
        .filter(address => parseAddress(address)?.file !== null)
        .map(address => atKey(['plans', i, 'identities', address], 'expected the address of a resource')),
    ]),
    ...Object.entries(keys).flatMap(([arn, facts]) => contradictions(arn, facts)),
    ...waivers.flatMap(({ until }, i) =>
      until === undefined || isDate(until) ? [] : [at(['waivers', i, 'until'], 'there is no such day')],
    ),
    ...Object.entries(parameters).flatMap(([name, values]) => {
      const owner = ruleNamed(name, known)
      if (!owner) return [atKey(['parameters', name], noSuchRule(name, known))]
      return Object.entries(values).flatMap(([parameter, value]) => parameterMistakes(owner, name, parameter, value))
    }),
  ]
}

function at(path: readonly PropertyKey[], text: string): Mistake {
  return { path, isKey: false, text }
}

function atKey(path: readonly PropertyKey[], text: string): Mistake {
  return { path, isKey: true, text }
}

function parameterMistakes(owner: RegisteredRule, name: string, parameter: string, value: Value): readonly Mistake[] {
  const { parameters = [] } = owner.rule
  const path = ['parameters', name, parameter]
  const declared = parameters.find(other => other.name === parameter)
  if (declared) {
    if (typeName(value) === typeName(declared.default)) return []
    return [at(path, `expected ${typeName(declared.default)}, such as ${JSON.stringify(declared.default)}`)]
  }
  const all = parameters.map(other => other.name).join(', ')
  return [atKey(path, `${owner.id} has no parameter \`${parameter}\`; it has ${all === '' ? 'none' : all}`)]
}

/** What a parameter has to be, by its default. */
export function typeName(value: Value | ParameterValue): string {
  if (Array.isArray(value))
    return value.every((item: unknown) => typeof item === 'string') ? 'a list of texts' : 'a list'
  if (typeof value === 'string') return 'a text'
  return typeof value === 'number' ? 'a number' : 'true or false'
}

/** The ARN of a key says its region, and by its id whether it is a multi-Region key. */
function contradictions(arn: string, facts: NonNullable<Contents['keys']>[string]): readonly Mistake[] {
  const region = arn.split(':')[3] ?? ''
  const isMultiRegion = arn.includes(':key/mrk-')
  const said = { region, 'multi-region': isMultiRegion }
  return Object.entries(said).flatMap(([name, value]) => {
    const given = { region: facts.region, 'multi-region': facts['multi-region'] }[name]
    return given === undefined || given === value ? [] : [at(['keys', arn, name], `the ARN says ${value}`)]
  })
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text)
}
