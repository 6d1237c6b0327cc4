import type { Refusal } from '../../modules/terraform/runs'
import type { JsonObject } from '../../policies/intrinsics'
import { collectionOf, isGiven, listOf, not, pathOf, type Scope, unbound, within } from './expression'
import { literal } from './node'
import { listsOf, type Specimen, snake, valueAt } from './specimen'

/** What a variable may not be, as the construct refuses it, with its words; nothing where another refusal says the same. */
export function validationOf(refusal: Refusal, specimen: Specimen, others: readonly Refusal[]): readonly JsonObject[] {
  if (others.some(other => isSame(refusal, other))) return []
  const { path } = refusal
  const scope: Scope = { specimen, bound: new Map(), resources: new Map(), defaults: new Map() }
  const lists = refusal.kind === 'omitted' ? [] : unbound(listsOf(path), scope)
  const inner = within(scope, lists)
  const condition = lists.reduceRight(
    (all, list, i) => {
      const outer = within(scope, lists.slice(0, i))
      return `alltrue([for ${inner.bound.get(list)} in ${collectionOf(list, outer)} : ${all}])`
    },
    orOmitted(refusal, conditionOf(refusal, inner), inner),
  )
  return [{ condition: `\${${condition}}`, error_message: messageOf(refusal, specimen) }]
}

/** Two values may not be the same: said once, of the one that is one of several. */
function isSame(refusal: Refusal, other: Refusal): boolean {
  if (refusal.kind !== 'same' || other.kind !== 'same' || refusal === other) return false
  return refusal.path === other.detail && refusal.detail === other.path && refusal.path > other.path
}

function conditionOf({ kind, path, detail }: Refusal, scope: Scope): string {
  if (kind === 'omitted')
    return path
      .split(' ')
      .map(one => isGiven(one, scope))
      .join(' || ')
  const value = pathOf(path, scope)
  switch (kind) {
    case 'shape':
      return matches(value, String(detail))
    case 'least':
      return `${value} >= ${detail} && floor(${value}) == ${value}`
    case 'most':
      return `${value} <= ${detail}`
    case 'above':
      return `${value} > ${detail}`
    case 'empty':
      return `length(${value}) > 0`
    case 'twice':
      return `length(distinct(${keysOf(path, scope)})) == length(${value})`
    case 'same':
      return `${value} != ${pathOf(String(detail), scope)}`
    case 'foreign':
      return detail === 'region'
        ? `contains(keys(var.key.arns), ${value})`
        : `try(split(":", ${value})[4], "") == ${pathOf(ownerOf(path, scope.specimen), scope)}`
  }
}

function orOmitted({ kind, path, unless }: Refusal, condition: string, scope: Scope): string {
  const lifting = unless.map(one => `${not(isGiven(one, scope))} || `).join('')
  const isOmittable =
    kind !== 'omitted' && scope.specimen.optionals.has(path) && !Array.isArray(valueAt(scope.specimen.variables, path))
  if (!isOmittable) return `${lifting}${condition}`
  return `${lifting}${not(isGiven(path, scope))} || try(${condition}, false)`
}

/** RE2 has no assertions: what a text may not begin with is asked by itself. */
function matches(value: string, shape: string): string {
  const [, not, rest = shape] = /^\^\(\?!(.*?)\)(.*)$/.exec(shape) ?? []
  const is = `can(regex(${JSON.stringify(not === undefined ? shape : `^${rest}`)}, ${value}))`
  return not === undefined ? is : `${is} && !can(regex(${JSON.stringify(`^(${not})`)}, ${value}))`
}

/** What the elements of a list are told apart by: themselves, or the first of their texts. */
function keysOf(path: string, scope: Scope): string {
  const element = valueAt(scope.specimen.variables, `${path}.[]`)
  const name =
    typeof element === 'object' && element !== null
      ? Object.entries(element).find(([, item]) => typeof item === 'string')?.[0]
      : undefined
  const text = String(name === undefined ? element : (element as JsonObject)[name])
  return listOf([literal(text)], scope)
}

/** The account of an ARN, where it is given. */
function ownerOf(path: string, { variables, leaves }: Specimen): string {
  const account = /\d{12}/.exec(String(valueAt(variables, path)))?.[0]
  const owner = leaves.find(({ text, path: at }) => text === account && !at.includes('[]'))
  if (!owner) throw new Error(`nobody owns ${path}`)
  return owner.path
}

/** The words of the construct, without the values that were tried. */
function messageOf({ kind, path, detail, message }: Refusal, { leaves }: Specimen): string {
  const name = path
    .split(' ')
    .map(one => one.replaceAll('.[]', '').split('.').map(snake).join('.'))
    .join(', ')
  // Of some lists it is CDK for Terraform that refuses, in words of its own.
  if (kind === 'twice') return `${name}: it is there twice`
  const words = message
    .replace(/^[\w/-]+: /, '')
    .replace(/^\w+: /, '')
    .replace(/; .*$/, '')
  const tried = [...leaves.map(({ text }) => text), 'cn-other-1', String(detail)].filter(text => text.length > 8)
  const plain = tried.reduce((text, one) => text.replaceAll(`\`${one}\``, 'it').replaceAll(one, 'it'), words)
  return `${name}: ${plain.replace(/`[^`]*`/, 'it').replace(/^-?[\d.]+ /, 'it ')}`
}
