import type { JsonObject } from '../../policies/intrinsics'
import { BadInput } from '../bad-input'

/** What two inputs declare, together. Throws `BadInput` for what both do. */
export function joined(declared: JsonObject, more: JsonObject, file: string): JsonObject {
  const twice = Object.keys(more).find(key => key in declared)
  if (twice !== undefined) throw new BadInput({ file }, `\`${twice}\` is declared here and in another input; keep one`)
  return { ...declared, ...more }
}

/** Waivers end; by what day, is a part of the world, so that the same world has the same findings on any day. */
export function dated(declared: JsonObject): JsonObject {
  if (!('waivers' in declared) || 'today' in declared) return declared
  return { ...declared, today: new Date().toISOString().slice(0, 10) }
}

/** The account that a file is given, and that is declared of it. Throws `BadInput` where they differ. */
export function agreedAccount(
  { file, account }: { readonly file: string; readonly account: string | null },
  declared: string | undefined,
): { readonly account?: string } {
  if (account !== null && declared !== undefined && declared !== account)
    throw new BadInput({ file }, `account ${account} is given, and keyreach.yaml says ${declared}`)
  const known = account ?? declared
  return known === undefined ? {} : { account: known }
}
