import { ts } from 'ts-morph'

/** Whether every value of the type is true or false. */
export function isBoolean(type: ts.Type): boolean {
  return every(type, ts.TypeFlags.BooleanLike)
}

/** Whether every value of the type is a text. */
export function isText(type: ts.Type): boolean {
  return every(type, ts.TypeFlags.StringLike)
}

/** Whether every value of the type is a number. */
export function isNumber(type: ts.Type): boolean {
  return every(type, ts.TypeFlags.NumberLike)
}

/** Whether every value of the type is a text, a number or a boolean, null counting as none of them. */
export function isPrintable(type: ts.Type): boolean {
  return every(type, ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)
}

/** Whether no value of the type is an object or list; undefined, refused elsewhere, is neither. */
export function isScalar(type: ts.Type): boolean {
  return every(
    type,
    ts.TypeFlags.StringLike |
      ts.TypeFlags.NumberLike |
      ts.TypeFlags.BooleanLike |
      ts.TypeFlags.Null |
      ts.TypeFlags.Undefined,
  )
}

export function mayBeNull(type: ts.Type): boolean {
  return some(type, ts.TypeFlags.Null | ts.TypeFlags.Unknown | ts.TypeFlags.Any | ts.TypeFlags.TypeParameter)
}

export function mayBeUndefined(type: ts.Type): boolean {
  return some(type, ts.TypeFlags.Undefined | ts.TypeFlags.Void)
}

/** Whether the type has a member that is an object (neither a list nor a scalar). */
export function mayBeObject(type: ts.Type, checker: ts.TypeChecker): boolean {
  return members(type).some(
    member =>
      !isList(member, checker) && !isScalar(member) && !(member.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)),
  )
}

/** Whether every value of the type is a list. */
export function isList(type: ts.Type, checker: ts.TypeChecker): boolean {
  return members(type).every(member => checker.isArrayType(member) || checker.isTupleType(member))
}

/** Whether the type is, or has a member that is, `Unknown` of policies/lang/maybe.ts. */
export function mayBeUnknown(type: ts.Type): boolean {
  return members(type).some(member => member.aliasSymbol?.name === 'Unknown' || hasShapeOfUnknown(member))
}

/** What a list of this type holds. */
export function elementType(type: ts.Type, checker: ts.TypeChecker): ts.Type | null {
  const [element] = members(type).map(member => checker.getIndexTypeOfType(member, ts.IndexKind.Number))
  return element ?? null
}

/** A type in the words of a message: `a string`, `an object`. */
export function describe(type: ts.Type, checker: ts.TypeChecker): string {
  if (isText(type)) return 'a string'
  if (isNumber(type)) return 'a number'
  if (isList(type, checker)) return 'an array'
  return `of type \`${checker.typeToString(type)}\``
}

function hasShapeOfUnknown(type: ts.Type): boolean {
  const names = type.getProperties().map(property => property.name)
  return names.length === 2 && names.includes('unknown') && names.includes('candidates')
}

function every(type: ts.Type, flags: ts.TypeFlags): boolean {
  return members(type).every(
    member => (bound(member).flags & flags) !== 0 || (isUnion(bound(member)) && every(bound(member), flags)),
  )
}

function some(type: ts.Type, flags: ts.TypeFlags): boolean {
  return members(type).some(member => (member.flags & flags) !== 0)
}

/** A type parameter stands for what it extends. */
function bound(type: ts.Type): ts.Type {
  if (type.flags & ts.TypeFlags.TypeParameter) return type.getConstraint() ?? type
  return type
}

function isUnion(type: ts.Type): boolean {
  return type.isUnion()
}

/** The members of a union; anything else is one member, but for `never`, which has none. */
export function members(type: ts.Type): readonly ts.Type[] {
  if (type.flags & ts.TypeFlags.Never) return []
  return type.isUnion() ? type.types : [type]
}
