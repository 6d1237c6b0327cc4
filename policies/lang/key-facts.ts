import type { KeyFacts } from './context'
import { unknown } from './maybe'

/** What requests say of a key of which only the policy is known. */
export const SOME_KEY: KeyFacts = {
  spec: unknown('the spec of the key'),
  usage: unknown('the usage of the key'),
  origin: unknown('the origin of the key'),
  multiRegion: unknown('whether the key is a multi-Region key'),
  multiRegionType: unknown('whether the key is a primary key'),
}
