import { isObject } from '../../policies/intrinsics'
import { localAddress } from '../address'
import { plannedAttributes } from '../example/value'
import {
  addResource,
  changesOf,
  type Draft,
  type DraftObject,
  type DraftResource,
  listIn,
  moduleIn,
  objectIn,
  resolver,
} from './draft'

/** A change to the statements of a policy. */
export type PolicyEdit =
  | { readonly add: DraftObject }
  /** By Sid, or by position counted from 0. */
  | { readonly remove: string }
  | StatementEdit
  | { readonly action: string; readonly by: string }
  | { readonly principal: string; readonly by: string }

/** What is taken out of a statement, by path, and what is then set in it. */
export interface StatementEdit {
  readonly statement: string
  readonly drop: readonly string[]
  readonly set: DraftObject
}

/**
 * Changes the policy in an attribute of a resource: in its text; in the `aws_iam_policy_document` that it comes from where the text is
 * not known; or, where what is added is not known itself, in a document that is made of it, as an author would have to.
 * Throws where the policy is not known and comes from no document.
 */
export function editPolicy(resource: DraftResource, attribute: string, edit: PolicyEdit): void {
  const after = objectIn(resource.change, 'after')
  const text = after[attribute] ?? defaultPolicy(resource, attribute)
  if (typeof text !== 'string') {
    editDocument(documentOf(resource, attribute), edit)
    return
  }
  const policy = JSON.parse(text) as DraftObject
  const statements = edited([policy.Statement ?? []].flat() as DraftObject[], edit)
  if (JSON.stringify(statements).includes('"$ref"')) moveToDocument(resource, attribute, statements)
  else setText(resource, attribute, JSON.stringify({ ...policy, Statement: statements }))
}

function setText(resource: DraftResource, attribute: string, text: string): void {
  objectIn(resource.change, 'after')[attribute] = text
  delete objectIn(resource.change, 'after_unknown')[attribute]
  resource.expressions[attribute] = { constant_value: text }
}

/** A key of which the configuration gives no policy has this one. */
function defaultPolicy({ owner, expressions, address }: DraftResource, attribute: string): string | null {
  if (!address.type.startsWith('aws_kms_') || attribute in expressions) return null
  const principal = { AWS: `arn:aws:iam::${owner.account ?? owner.providers?.aws ?? ''}:root` }
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: principal,
    Action: 'kms:*',
    Resource: '*',
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

function edited(statements: readonly DraftObject[], edit: PolicyEdit): DraftObject[] {
  if ('add' in edit) return [...statements, edit.add]
  if ('remove' in edit) return statements.filter((statement, i) => !isCalled(edit.remove, statement.Sid, i))
  if ('statement' in edit)
    return statements.map((statement, i) =>
      isCalled(edit.statement, statement.Sid, i) ? merged(without(statement, edit.drop), edit.set) : statement,
    )
  if ('action' in edit)
    return statements.map(statement => ({
      ...statement,
      Action: swapped([statement.Action ?? []].flat(), edit.action, edit.by),
    }))
  return statements.map(statement => ({ ...statement, ...namedAnew(statement, edit.principal, edit.by) }))
}

function swapped(values: readonly Draft[], from: string, to: string): Draft[] {
  return values.map(value => (value === from ? to : value))
}

/** The elements of a statement that name principals, with another in the place of one. */
function namedAnew(statement: DraftObject, from: string, to: string): DraftObject {
  const elements = ['Principal', 'NotPrincipal'].filter(element => isObject(statement[element]))
  return Object.fromEntries(
    elements.map(element => {
      const { AWS, ...others } = statement[element] as DraftObject
      return [element, { ...others, AWS: swapped([AWS ?? []].flat(), from, to) }]
    }),
  )
}

function without(statement: DraftObject, paths: readonly string[]): DraftObject {
  const left = structuredClone(statement)
  for (const path of paths) {
    const [last = '', ...steps] = path.split('.').reverse()
    const holder = steps.reverse().reduce<DraftObject>(objectIn, left)
    delete holder[last]
    const [first = '', second = ''] = path.split('.')
    if (steps.length === 2 && isBare(objectIn(left, first)[second])) delete objectIn(left, first)[second]
    if (isBare(left[first])) delete left[first]
  }
  return left
}

function isBare(value: Draft | undefined): boolean {
  return isObject(value) && Object.keys(value).length === 0
}

/** Objects are merged, all else is replaced. */
function merged(base: DraftObject, over: DraftObject): DraftObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const own = base[key]
    const both = isObject(own) && isObject(value) && !('$ref' in value)
    return [key, both ? merged(own as DraftObject, value as DraftObject) : value]
  })
  return { ...base, ...Object.fromEntries(entries) }
}

/** Whether a statement goes by a name: its Sid, or its position. */
function isCalled(name: string, sid: Draft | undefined, position: number): boolean {
  return sid === name || `${position}` === name
}

function documentOf(
  { owner, address, expressions }: DraftResource,
  attribute: string,
): { owner: DraftResource['owner']; change: DraftObject; expressions: DraftObject } {
  const references = listIn(objectIn(expressions, attribute), 'references')
  const local = references.find(name => /^data\.aws_iam_policy_document\.[\w-]+$/.test(String(name)))
  const item = changesOf(owner).find(({ mode, type, name }) => `${mode}.${type}.${name}` === local)
  const configured = (listIn(moduleIn(owner, address), 'resources') as DraftObject[]).find(one => one.address === local)
  if (!item || !configured) throw new Error(`the policy of ${localAddress(address)} is known at apply only`)
  return { owner, change: objectIn(item, 'change'), expressions: objectIn(configured, 'expressions') }
}

function editDocument(document: ReturnType<typeof documentOf>, edit: PolicyEdit): void {
  const parts = [
    document.expressions,
    ...['after', 'after_unknown', 'after_sensitive'].map(part => objectIn(document.change, part)),
  ]
  const blocks = listIn(objectIn(document.change, 'after'), 'statement') as DraftObject[]
  const made = (statement: DraftObject): DraftObject[] => {
    const { after, unknown, sensitive, expression } = plannedAttributes(
      { statement: [block(statement)] },
      resolver(document.owner),
    )
    return [expression, after, unknown, sensitive].map(part => (part.statement as DraftObject[])[0] ?? {})
  }
  const called = (name: string): number => blocks.findIndex(({ sid }, i) => isCalled(name, sid, i))
  if ('add' in edit) for (const [i, one] of made(edit.add).entries()) listIn(parts[i] ?? {}, 'statement').push(one)
  else if ('remove' in edit) for (const part of parts) listIn(part, 'statement').splice(called(edit.remove), 1)
  else if ('statement' in edit) {
    const at = called(edit.statement)
    const own = parts.map(part => listIn(part, 'statement')[at] as DraftObject)
    for (const [i, one] of made(edit.set).entries()) editBlock(own[i] ?? {}, own[1] ?? {}, one, edit)
  } else if ('action' in edit)
    for (const one of blocks) one.actions = swapped(listIn(one, 'actions'), edit.action, edit.by)
  else
    for (const principal of blocks.flatMap(one => [...listIn(one, 'principals'), ...listIn(one, 'not_principals')]))
      if (isObject(principal))
        Object.assign(principal, {
          identifiers: swapped(listIn(principal as DraftObject, 'identifiers'), edit.principal, edit.by),
        })
}

/** Changes what a part of the plan has of a statement: `after` tells which of its blocks is which where the part itself does not. */
function editBlock(own: DraftObject, after: DraftObject, made: DraftObject, { drop, set }: StatementEdit): void {
  const kept = (name: string, isOut: (block: DraftObject) => boolean): Draft[] => {
    const planned = listIn(after, name) as DraftObject[]
    return listIn(own, name).filter((block, i) => {
      const written = isObject(block) && Object.keys(block).length > 0 && own !== after ? (block as DraftObject) : null
      return !isOut(written ?? planned[i] ?? {})
    })
  }
  const conditions = Object.entries(set.Condition ?? {}).flatMap(([test, keys]) =>
    Object.keys(keys).map(variable => `Condition.${test}.${variable}`),
  )
  const principals = Object.keys(set.Principal ?? {}).map(type => `Principal.${type}`)
  const out = [...drop, ...conditions, ...principals]
  const added = (name: string): Draft[] =>
    [made[name] ?? []].flat().filter(part => !isObject(part) || !('constant_value' in part))
  const conditionsLeft = kept('condition', one => out.includes(`Condition.${wordOf(one.test)}.${wordOf(one.variable)}`))
  const principalsLeft = kept('principals', one => out.includes(`Principal.${wordOf(one.type)}`))
  own.condition = [...conditionsLeft, ...added('condition')]
  own.principals = [...principalsLeft, ...added('principals')]
  if ('Resource' in set) own.resources = made.resources ?? []
}

/** A word as it is planned, or as the configuration has it. */
function wordOf(value: Draft | undefined): Draft | undefined {
  return isObject(value) ? (value as DraftObject).constant_value : value
}

function moveToDocument(resource: DraftResource, attribute: string, statements: readonly DraftObject[]): void {
  const { owner, change, expressions, address } = resource
  const values = { statement: statements.map(block) }
  const data = addResource(owner, `data.aws_iam_policy_document.keyreach_${address.name}`, values, 'aws', 'data')
  delete objectIn(change, 'after')[attribute]
  objectIn(change, 'after_unknown')[attribute] = true
  expressions[attribute] = { references: [`${data}.json`, data] }
}

/** A statement in JSON as a block of `aws_iam_policy_document`. */
function block(statement: DraftObject): DraftObject {
  const { Sid: sid, Effect: effect, Principal, NotPrincipal, Condition } = statement
  const lists = { actions: 'Action', not_actions: 'NotAction', resources: 'Resource', not_resources: 'NotResource' }
  return {
    ...(sid !== undefined && { sid }),
    ...(effect !== undefined && { effect }),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([name, element]) =>
        statement[element] === undefined ? [] : [[name, [statement[element]].flat()]],
      ),
    ),
    principals: principals(Principal),
    not_principals: principals(NotPrincipal),
    condition: conditions(Condition),
  }
}

function principals(element: Draft | undefined): Draft[] {
  if (element === undefined) return []
  if (typeof element === 'string') return [{ type: element, identifiers: [element] }]
  return Object.entries(element ?? {}).map(([type, identifiers]) => ({
    type,
    identifiers: [identifiers as Draft].flat(),
  }))
}

function conditions(element: Draft | undefined): Draft[] {
  if (!isObject(element)) return []
  return Object.entries(element as DraftObject).flatMap(([test, keys]) =>
    Object.entries(keys as DraftObject).map(([variable, values]) => ({ test, variable, values: [values].flat() })),
  )
}
