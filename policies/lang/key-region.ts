import { regionOf } from './aws'
import { textOf } from './json'
import type { Encryption } from './key'
import { isUnknown, type Maybe } from './maybe'
import { agreed, type Truth, truth } from './truth'

/**
 * The regions that a key may be of which an identifier names, `null` where it is not known: one for each alternative, none where only AWS
 * managed keys are named. Of another account's alias the ARN tells the region, though not the key.
 */
export function keyRegions(identifier: Maybe<string>, alternatives: readonly Encryption[]): readonly (string | null)[] {
  return alternatives
    .filter(one => one.kind !== 'aws-managed')
    .map(one => (one.kind === 'key' ? one.key.region : null) ?? writtenRegion(identifier))
}

/** Whether keys are of a region. */
export function areIn(regions: readonly (string | null)[], region: string | null): Truth {
  return agreed(regions.map(one => (one === null || region === null ? 'unknown' : truth(one === region))))
}

function writtenRegion(identifier: Maybe<string>): string | null {
  if (identifier === null || isUnknown(identifier)) return null
  return textOf(regionOf(identifier))
}
