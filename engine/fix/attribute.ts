import type { Json } from '../../policies/intrinsics'
import { plannedAttributes } from '../example/value'
import { type Draft, type DraftObject, type DraftResource, listIn, objectIn, resolver } from './draft'

/** A block on the way to an attribute: by position, or in a set by what it has (`distribution[region="eu-west-1"]`). */
export interface Step {
  readonly name: string
  readonly position: number
  readonly having: readonly [string, string] | null
}

/**
 * Sets the attribute at a path (`kms_key_id`, `block_device_mapping[device_name="/dev/xvda"].ebs[0].encrypted`) of a resource, in what is
 * planned and in what is configured. Blocks on the way that are not there are made.
 */
export function setAttribute({ owner, change, expressions }: DraftResource, path: string, value: Draft): void {
  const steps = stepsOf(path)
  const blocks = steps.slice(0, -1)
  const name = steps.at(-1)?.name ?? path
  const { after, unknown, expression } = plannedAttributes({ [name]: value as Json }, resolver(owner))
  const planned = objectIn(change, 'after')
  const put = (place: DraftObject, part: { readonly [name: string]: Json }, key: (text: string) => Draft): void => {
    const block = blocks.reduce((here, step, i) => blockIn(here, step, blocks.slice(0, i), planned, key), place)
    delete block[name]
    Object.assign(block, part)
  }
  put(planned, after, text => text)
  put(objectIn(change, 'after_unknown'), unknown, () => false)
  put(expressions, value === null ? {} : expression, text => ({ constant_value: text }))
}

/** The blocks on the way to an attribute, and the attribute. */
export function stepsOf(path: string): readonly Step[] {
  const step = /([\w-]+)(?:\[(?:(\d+)|([\w-]+)="([^"]*)")\])?(?:\.|$)/g
  return [...path.matchAll(step)].map(([, name = path, position, key, wanted]) => ({
    name,
    position: Number(position ?? 0),
    having: key === undefined ? null : [key, wanted ?? ''],
  }))
}

/**
 * The block of a step; a new one has what it is named by, written by `key`. What is planned tells where in a set one stands; what is
 * configured has to say so itself.
 */
function blockIn(
  parent: DraftObject,
  step: Step,
  before: readonly Step[],
  planned: DraftObject,
  key: (text: string) => Draft,
): DraftObject {
  const blocks = listIn(parent, step.name) as DraftObject[]
  const written = blocks.findIndex(block => isThat(block, step))
  const position = written >= 0 ? written : positionIn(planned, before, step)
  while (blocks.length < position) blocks.push({})
  if (blocks.length === position) blocks.push(step.having ? { [step.having[0]]: key(step.having[1]) } : {})
  return blocks[position] ?? {}
}

function positionIn(planned: DraftObject, before: readonly Step[], step: Step): number {
  const text = (wanted: string): Draft => wanted
  const parent = before.reduce((here, each, i) => blockIn(here, each, before.slice(0, i), planned, text), planned)
  const there = listIn(parent, step.name) as DraftObject[]
  const position = there.findIndex(block => isThat(block, step))
  if (position >= 0 || step.having === null) return position >= 0 ? position : step.position
  return there.length
}

function isThat(block: DraftObject, { having }: Step): boolean {
  if (having === null) return false
  const [key, wanted] = having
  const value = block[key]
  return (
    value === wanted ||
    (typeof value === 'object' && JSON.stringify(value) === JSON.stringify({ constant_value: wanted }))
  )
}
