import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'

/** The blocks of a kind without labels: HCL has a list of them, JSON may have one alone. */
export function blocksIn(value: Json | undefined): readonly JsonObject[] {
  return [value ?? []].flat().filter(isObject)
}

/** The blocks of a kind with one label. */
export function labelled(value: Json | undefined): readonly { readonly label: string; readonly block: JsonObject }[] {
  return blocksIn(value).flatMap(group =>
    Object.entries(group).flatMap(([label, blocks]) => blocksIn(blocks).map(block => ({ label, block }))),
  )
}
