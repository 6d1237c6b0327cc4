import { isEncryptedByDefault } from './account'
import { defaultEncryption, type Encryption, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { type Truth, truth } from './truth'

/** What a copy or a launch asks for a snapshot or volume: encryption, and by a key where it names one (the alternatives). */
export interface Asked {
  readonly encrypted: Truth
  readonly named: readonly Encryption[]
}

/** Whether an attribute asks for encryption; in some blocks it is a text, "true". */
export function isAsked(encrypted: Maybe<boolean> | Maybe<string>): Truth {
  if (isUnknown(encrypted)) return 'unknown'
  return truth(encrypted === true || encrypted === 'true')
}

/**
 * Under what a snapshot or volume comes out that EC2 makes in `place` from another: RunInstances and CopyImage do it alike. `keeps` is
 * whether the key of the source stays where none is named: that of a snapshot of the same account and region. What others share, and what
 * comes from another region, goes under the account's default key instead.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
 */
export function resultingEncryption(
  source: readonly Encryption[],
  keeps: Truth,
  asked: Asked,
  place: Place,
): readonly Encryption[] {
  if (asked.named.length > 0) return asked.named
  return source.flatMap(one => resultOf(one, keeps, asked.encrypted, place))
}

function resultOf(source: Encryption, keeps: Truth, encrypted: Truth, place: Place): readonly Encryption[] {
  if (source.kind === 'none') return newEncryption(encrypted, place)
  if (keeps === 'yes' || (source.kind === 'unknown' && (keeps === 'unknown' || encrypted !== 'yes'))) return [source]
  if (keeps === 'no') return defaultEncryption(place)
  return [source, ...defaultEncryption(place)]
}

/** Under what something new, or made of what is not encrypted, is encrypted where no key is named. */
export function newEncryption(encrypted: Truth, place: Place): readonly Encryption[] {
  if (encrypted === 'yes') return defaultEncryption(place)
  const byDefault = isEncryptedByDefault(place)
  if (byDefault === 'yes') return defaultEncryption(place)
  if (byDefault === 'no' && encrypted === 'no') return [{ kind: 'none' }]
  return [{ kind: 'none' }, ...defaultEncryption(place)]
}
