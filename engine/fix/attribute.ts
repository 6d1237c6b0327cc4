import type { Json } from '../../policies/intrinsics'
import { plannedAttributes } from '../example/value'
import { type Draft, type DraftObject, type DraftResource, listIn, objectIn, resolver } from './draft'

/**
 * Sets the attribute at a path (`kms_key_id`, `block_device_mapping[0].ebs[0].encrypted`) of a resource, in what is planned and in what
 * is configured. Blocks on the way that are not there are made.
 */
export function setAttribute({ owner, change, expressions }: DraftResource, path: string, value: Draft): void {
  const steps = path
    .split('.')
    .map(step => /^([\w-]+)(?:\[(\d+)\])?$/.exec(step))
    .map(found => [found?.[1] ?? path, Number(found?.[2] ?? 0)] as const)
  const blocks = steps.slice(0, -1)
  const [name = path] = steps.at(-1) ?? []
  const { after, unknown, expression } = plannedAttributes({ [name]: value as Json }, resolver(owner))
  const put = (place: DraftObject, part: { readonly [name: string]: Json }): void => {
    const block = blocks.reduce((here, [step, i]) => blockIn(here, step, i), place)
    delete block[name]
    Object.assign(block, part)
  }
  put(objectIn(change, 'after'), after)
  put(objectIn(change, 'after_unknown'), unknown)
  put(expressions, expression)
}

function blockIn(parent: DraftObject, name: string, position: number): DraftObject {
  const blocks = listIn(parent, name) as DraftObject[]
  while (blocks.length <= position) blocks.push({})
  return blocks[position] ?? {}
}
