import { principalTerm } from './identity'
import { keyTerm } from './key-identity'
import { isUnknown, type Maybe, type Unknown } from './maybe'
import { attribute, blocks, each, type Node, resourceOf } from './plan'
import { policyStatements } from './policy'
import type { Schema } from './schema'
import type { Condition, Statement, Term } from './statement'

type Document = Schema['data.aws_iam_policy_document']
type Block = Document['blocks']['statement']

/**
 * The statements of a policy attribute. One whose text is not known until apply is rebuilt from the `aws_iam_policy_document`
 * that it refers to, each unknown element a hole; where that is not possible it is unknown. Null: not set.
 */
export function attributeStatements(text: Maybe<string>, at: string): readonly Statement[] | Unknown | null {
  if (!isUnknown(text)) return policyStatements(text, at)
  const sources = text.candidates.flatMap(resourceOf)
  if (text.candidates.length !== 1) return text
  return sources.map(source => documentStatements(source, at))[0] ?? text
}

/** A statement of which nothing is known: it may allow or deny anything. */
export function anyStatement(hole: Unknown, at: string): Statement {
  return {
    sid: null,
    effect: hole,
    principals: [hole],
    notPrincipals: null,
    otherPrincipals: [],
    actions: [hole],
    notActions: null,
    resources: [hole],
    notResources: null,
    conditions: [],
    at,
  }
}

/** The statements that an `aws_iam_policy_document` will have; unknown where it merges a document that is not known. */
function documentStatements(document: Node<Document>, at: string): readonly Statement[] | Unknown | null {
  if (document.type !== 'data.aws_iam_policy_document') return null
  return merged(document, {
    sources: documentsIn(document, 'source_policy_documents').map(text => mergedStatements(text, at)),
    overriding: documentsIn(document, 'override_policy_documents').map(text => mergedStatements(text, at)),
    at,
  })
}

/** The statements of a document that another merges, rebuilt like the other where it is not known. */
function mergedStatements(text: Term, at: string): readonly Statement[] | Unknown {
  if (!isUnknown(text)) return textStatements(text, at)
  const rebuilt = documentsOf(text).map(document =>
    merged(document, {
      sources: documentsIn(document, 'source_policy_documents').map(inner => innermostStatements(inner, at)),
      overriding: documentsIn(document, 'override_policy_documents').map(inner => innermostStatements(inner, at)),
      at,
    }),
  )
  return rebuilt[0] ?? text
}

/** The same one step further in, where it ends: what is merged there has to be known. */
function innermostStatements(text: Term, at: string): readonly Statement[] | Unknown {
  if (!isUnknown(text)) return textStatements(text, at)
  const rebuilt = documentsOf(text).map(document =>
    merged(document, {
      sources: documentsIn(document, 'source_policy_documents').map(inner => knownStatements(inner, at)),
      overriding: documentsIn(document, 'override_policy_documents').map(inner => knownStatements(inner, at)),
      at,
    }),
  )
  return rebuilt[0] ?? text
}

function knownStatements(text: Term, at: string): readonly Statement[] | Unknown {
  return isUnknown(text) ? text : textStatements(text, at)
}

/** The one document whose text is not known yet; none where there are several, or something else makes the text. */
function documentsOf({ candidates }: Unknown): readonly Node<Document>[] {
  if (candidates.length !== 1) return []
  return candidates.flatMap(resourceOf).filter(node => node.type === 'data.aws_iam_policy_document')
}

function documentsIn(
  document: Node<Document>,
  name: 'source_policy_documents' | 'override_policy_documents',
): readonly Term[] {
  return spread(each(attribute(document, name)))
}

interface Merging {
  readonly sources: readonly (readonly Statement[] | Unknown)[]
  readonly overriding: readonly (readonly Statement[] | Unknown)[]
  readonly at: string
}

/** A document with those that it merges: a later one takes the place of statements of the same Sid where it overrides. */
function merged(document: Node<Document>, { sources, overriding, at }: Merging): readonly Statement[] | Unknown {
  const hole = [...sources, ...overriding].find(isUnknown) ?? null
  if (isUnknown(hole)) return hole
  const last = overriding.flatMap(statements => (isUnknown(statements) ? [] : statements))
  const base = [
    ...sources.flatMap(statements => (isUnknown(statements) ? [] : statements)),
    ...blocks(document, 'statement').map(block => blockStatement(block, at)),
  ]
  const replaced = last.map(statement => statement.sid)
  return [...base.filter(statement => statement.sid === null || !replaced.includes(statement.sid)), ...last]
}

function textStatements(text: string, at: string): readonly Statement[] {
  const statements = policyStatements(text, at)
  if (statements === null || isUnknown(statements)) return []
  return statements
}

function blockStatement(block: Node<Block>, at: string): Statement {
  const principals = blocks(block, 'principals')
  const notPrincipals = blocks(block, 'not_principals')
  const sid = attribute(block, 'sid')
  return {
    sid: isUnknown(sid) ? null : sid,
    effect: attribute(block, 'effect') ?? 'Allow',
    principals: principals.length === 0 ? null : principals.flatMap(identifiers),
    notPrincipals: notPrincipals.length === 0 ? null : notPrincipals.flatMap(identifiers),
    otherPrincipals: [...principals, ...notPrincipals]
      .filter(isOther)
      .flatMap(other => spread(each(attribute(other, 'identifiers')))),
    actions: terms(attribute(block, 'actions')),
    notActions: terms(attribute(block, 'not_actions')),
    resources: keyTerms(attribute(block, 'resources')),
    notResources: keyTerms(attribute(block, 'not_resources')),
    conditions: blocks(block, 'condition').map(conditionOf),
    at,
  }
}

function identifiers(principal: Node<Block['blocks']['principals']>): readonly Term[] {
  const type = attribute(principal, 'type')
  if (isUnknown(type)) return [type]
  if (type !== 'AWS' && type !== '*') return []
  return spread(each(attribute(principal, 'identifiers'))).map(principalTerm)
}

function isOther(principal: Node<Block['blocks']['principals']>): boolean {
  const type = attribute(principal, 'type')
  return type !== null && !isUnknown(type) && type !== 'AWS' && type !== '*'
}

function conditionOf(condition: Node<Block['blocks']['condition']>): Condition {
  const operator = attribute(condition, 'test')
  const key = attribute(condition, 'variable')
  return {
    operator: operator === null || isUnknown(operator) ? '' : operator,
    key: key === null || isUnknown(key) ? '' : key,
    values: spread(each(attribute(condition, 'values'))).map(principalTerm),
  }
}

function terms(list: Maybe<readonly string[]>): readonly Term[] | null {
  if (list === null) return null
  const all = spread(each(list))
  if (all.length === 0) return null
  return all
}

function keyTerms(list: Maybe<readonly string[]>): readonly Term[] | null {
  const all = terms(list)
  if (all === null) return null
  return all.map(keyTerm)
}

/**
 * The elements of a list, absent ones left out. Where as many are unknown as the list's expression names resources, they are these,
 * in some order, and the order of a set says nothing.
 */
function spread(list: readonly Maybe<string>[]): readonly Term[] {
  const known = list.flatMap(item => (item === null || isUnknown(item) ? [] : [item]))
  const holes = list.flatMap(item => (isUnknown(item) ? [item] : []))
  const first = holes[0] ?? null
  if (first === null) return known
  if (first.candidates.length !== holes.length) return [...known, ...holes]
  return [...known, ...first.candidates.map(candidate => ({ unknown: first.unknown, candidates: [candidate] }))]
}
