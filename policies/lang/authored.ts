import { at, isObject } from '../intrinsics'
import { referencesOf } from './configuration'
import { isUnknown } from './maybe'
import { attribute, type Node } from './plan'
import { any, type Truth, truth } from './truth'

/**
 * Whether the author sets an attribute that AWS fills in where nobody does, so that its value does not tell: of what is written, a
 * condition on a variable may leave it out.
 */
export function isAuthored(node: Node, name: string): Truth {
  if (node.expressions.length === 0) return 'unknown'
  const written = node.expressions.map(expression => at(expression, [name])).filter(isObject)
  if (written.length === 0) return 'no'
  const value = attribute(node, name)
  if (value === null) return 'no'
  const isNew = at(node.unknown, ['id']) === true
  const isPlain = written.flatMap(referencesOf).every(isToResource)
  return any([truth(isPlain || (isNew && !isUnknown(value))), 'unknown'])
}

/** Whether a reference is to a resource or data source: those are always something. */
function isToResource(reference: string): boolean {
  return reference.startsWith('data.') || reference.startsWith('aws_')
}
