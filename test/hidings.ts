import { isObject } from '../policies/intrinsics'
import type { ExampleWorld } from '../policies/lang/rule'
import { type Changed, type Changes, changedAt, isBlocks, isMark } from './mutation/change'

/** Every world that is the example with one attribute, or one part of a policy, not known until apply; `what` says which. */
export function hidings(world: ExampleWorld): readonly Changed[] {
  return changedAt(world, hidden)
}

/** Not objects that are no value of an attribute, nor blocks, nor what a resource waits for. */
const hidden: Changes = (value, path) => {
  const isPart = isObject(value) && !('Statement' in value) && !isMark(value)
  if (isPart || isBlocks(value) || path.includes('.depends_on')) return []
  return [{ what: path, value: { $unknown: true } }]
}
