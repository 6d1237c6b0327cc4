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
  | { readonly replace: string; readonly by: DraftObject }
  | { readonly action: string; readonly by: string }
  | { readonly principal: string; readonly by: string }

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
  if ('replace' in edit)
    return statements.map((statement, i) => (isCalled(edit.replace, statement.Sid, i) ? edit.by : statement))
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
  const put = (statement: DraftObject, at: number, instead: number): void => {
    const { after, unknown, sensitive, expression } = plannedAttributes(
      { statement: [block(statement)] },
      resolver(document.owner),
    )
    for (const [i, part] of [expression, after, unknown, sensitive].entries())
      listIn(parts[i] ?? {}, 'statement').splice(at, instead, ...(part.statement as Draft[]))
  }
  const called = (name: string): number => blocks.findIndex(({ sid }, i) => isCalled(name, sid, i))
  if ('add' in edit) put(edit.add, blocks.length, 0)
  else if ('remove' in edit) for (const part of parts) listIn(part, 'statement').splice(called(edit.remove), 1)
  else if ('replace' in edit) put(edit.by, called(edit.replace), 1)
  else if ('action' in edit)
    for (const one of blocks) one.actions = swapped(listIn(one, 'actions'), edit.action, edit.by)
  else
    for (const principal of blocks.flatMap(one => [...listIn(one, 'principals'), ...listIn(one, 'not_principals')]))
      if (isObject(principal))
        Object.assign(principal, {
          identifiers: swapped(listIn(principal as DraftObject, 'identifiers'), edit.principal, edit.by),
        })
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
