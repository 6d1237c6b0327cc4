import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { unknown } from '../../../policies/lang/maybe'
import { blocksIn } from '../hcl/blocks'
import type { Template } from './hcl-template'
import { builderTypes, settingsOf } from './settings'
import { givenValues } from './variables'

/**
 * The builders of a template in JSON, its user variables resolved.
 * Source: https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates/user-variables
 */
export async function jsonTemplate(document: JsonObject, file: string, given: readonly string[]): Promise<Template> {
  const { variables, builders, 'sensitive-variables': sensitive } = document
  const values = { ...blocksIn(variables)[0], ...(given.length > 0 ? await givenValues(file, given) : {}) }
  const found = blocksIn(builders)
    .map((builder, i) => ({ at: `builders[${i}]`, type: String(builder.type), builder }))
    .filter(({ type }) => builderTypes.includes(type))
  return {
    builders: found.map(({ at, type, builder }) => ({
      at,
      type,
      settings: settingsOf(resolved(builder, values) as JsonObject, at, { file }),
    })),
    sensitive: [sensitive ?? []].flat().flatMap(name => {
      const value = values[String(name)]
      return typeof value === 'string' && value !== '' ? [value] : []
    }),
  }
}

const user = /\{\{\s*user\s+[`"]([^`"]+)[`"]\s*\}\}/g

function resolved(value: Json, values: JsonObject): Json {
  if (Array.isArray(value)) return value.map(item => resolved(item, values))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [String(resolved(key, values)), resolved(item, values)]),
    )
  if (typeof value !== 'string') return value
  const open = [...value.matchAll(user)].flatMap(([, name = '']) => missing(name, values))
  return open[0] ?? value.replaceAll(user, (_, name: string) => String(values[name]))
}

/** A variable without a value has to be given to Packer; one from the environment is not in the file. */
function missing(name: string, values: JsonObject): readonly Json[] {
  const value = values[name] ?? null
  return value === null || String(value).includes('{{') ? [unknown(`the user variable ${name}`)] : []
}
