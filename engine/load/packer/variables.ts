import { readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { byCodePoint, isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { unknown } from '../../../policies/lang/maybe'
import { BadInput } from '../../bad-input'
import { bytesOf } from '../files'
import { evaluate, nothing } from '../hcl/evaluate'
import { jsonOf } from '../json'
import { textOf } from '../text'
import { hclOf } from './hcl'

/** Whether a file gives values to variables of templates. */
export function isVariableFile(name: string): boolean {
  return /\.pkrvars\.(hcl|json)$/.test(name)
}

/**
 * The values of variables that files give: `*.auto.pkrvars.*` beside the template, then the files that were `given`. Where none was, one
 * that lies beside counts as given; of several it cannot be told which one is, and what they set is unknown.
 * Source: https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#variable-definitions-pkrvars-hcl-and-auto-pkrvars-hcl-files
 */
export async function givenValues(template: string, given: readonly string[]): Promise<JsonObject> {
  const beside = besideOf(template).filter(
    name => isVariableFile(name) && !given.some(file => resolve(file) === resolve(name)),
  )
  const automatic = beside.filter(name => name.includes('.auto.'))
  const others = given.length > 0 ? [] : beside.filter(name => !automatic.includes(name))
  const [only, ...more] = others
  const chosen = only !== undefined && more.length === 0 ? [only] : []
  const values = await Promise.all([...automatic, ...chosen, ...given].map(valuesIn))
  const open = more.length > 0 ? await Promise.all(others.map(valuesIn)) : []
  const which = unknown(`which of ${others.map(name => basename(name)).join(', ')} is given`)
  const contested = open.flatMap(Object.keys).map(name => [name, which])
  return Object.assign({}, ...values, Object.fromEntries(contested))
}

/** The files beside another one, without it, sorted. */
export function besideOf(file: string): readonly string[] {
  return readdirSync(dirname(file))
    .filter(name => name !== basename(file))
    .map(name => join(dirname(file), name))
    .sort(byCodePoint)
}

async function valuesIn(file: string): Promise<JsonObject> {
  const text = textOf(await bytesOf(file), file)
  const value: Json = file.endsWith('.hcl') ? evaluate(await hclOf(text, file), nothing) : jsonOf(text, file)
  if (!isObject(value)) throw new BadInput({ file }, 'expected values of variables by name')
  return value
}
