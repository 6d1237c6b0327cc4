import { index } from '../intrinsics'
import { type Key, keyOf, type Place } from './key'
import { keyNodes } from './key-identity'
import { isUnknown, type Maybe } from './maybe'
import { attribute, resourceOf, resources } from './plan'
import type { Truth } from './truth'

/** The keys that a bare id or an alias was meant for which means nothing in the account and region where it is looked up. */
export function misnamedKeys(name: Maybe<string>, { account, region }: Place): readonly Key[] {
  if (name === null || isUnknown(name) || name.startsWith('arn:')) return []
  const keys = named(name).flatMap(resourceOf).map(keyOf)
  if (keys.some(key => key.account === account && key.region === region)) return []
  return keys
}

/** Whether a bare id or an alias means nothing where it is looked up, and is that of a key elsewhere. */
export function isMisnamed(name: string, place: Place): Truth {
  if (misnamedKeys(name, place).length > 0) return 'yes'
  const isOpen = named(name).flatMap(resourceOf).length === 0 && name.startsWith('alias/')
  if (
    isOpen &&
    openAliases('')
      .flatMap(resourceOf)
      .some(alias => alias.account !== place.account)
  )
    return 'unknown'
  return 'no'
}

/** The aliases of which it is not known how they are called, or for which key they stand. */
const openAliases = index(function* () {
  for (const alias of resources('aws_kms_alias')) {
    const name = attribute(alias, 'name')
    const target = attribute(alias, 'target_key_id')
    if (isUnknown(name) || (isUnknown(target) && target.candidates.flatMap(resourceOf).length === 0))
      yield ['', alias.id]
  }
})

/** From the id or the ARN of a key to its resource. */
const identified = index(function* () {
  for (const node of keyNodes()) {
    const arn = keyOf(node).arn
    if (!isUnknown(arn)) for (const name of [arn, arn.split(':key/')[1] ?? '']) yield [name, node.id]
  }
})

/** From the id or an alias of a key to the resources that have it, in every account. */
const named = index(function* () {
  for (const node of keyNodes()) {
    const arn = keyOf(node).arn
    if (!isUnknown(arn)) yield [arn.split(':key/')[1] ?? '', node.id]
  }
  for (const alias of resources('aws_kms_alias')) {
    const name = attribute(alias, 'name')
    const target = attribute(alias, 'target_key_id')
    if (name !== null && !isUnknown(name) && target !== null)
      for (const id of isUnknown(target) ? target.candidates : identified(target)) yield [name, id]
  }
})
