import { at, type Json, type JsonObject } from '../../intrinsics'
import type { Finding } from '../finding'
import { objectOf, textOf } from '../json'
import { resourceOf } from './object'

/**
 * The answer to an AdmissionReview: refused is what makes something fail that did not fail before, so that nobody who mends one thing is kept
 * from it by another. What fails as a warning, and what cannot be told, is a warning.
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response
 */
export function answer(
  review: Json,
  uncopied: readonly string[],
  before: readonly Finding[],
  after: readonly Finding[],
): JsonObject {
  const fresh = after.filter(
    finding =>
      finding.verdict !== 'pass' &&
      finding.waived === null &&
      !isUnseen(finding) &&
      !before.some(old => isSame(old, finding)),
  )
  const errors = fresh.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error')
  const others = fresh.filter(({ verdict, severity }) => verdict !== 'fail' || severity !== 'error')
  const uid = textOf(at(review, ['request', 'uid']))
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: uid ?? '',
      allowed: uid !== null && errors.length === 0,
      status: uid === null ? NO_REVIEW : statusOf(errors),
      warnings: [...warningsOf(others), ...(errors.length === 0 ? needs(review, uncopied) : [])],
    },
  }
}

const NO_REVIEW: JsonObject = { code: 400, message: 'this is no AdmissionReview of admission.k8s.io/v1' }

/** So many findings are told of as can be read; Kubernetes cuts off what is much longer. */
function first(findings: readonly Finding[]): readonly Finding[] {
  return findings.slice(0, 12)
}

/** Whether a finding is about what nobody has copied, of which there is nothing to say. */
function isUnseen({ at: place }: Finding): boolean {
  return place.includes('.*')
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.at === b.at && a.message === b.message && a.verdict === b.verdict
}

function statusOf(errors: readonly Finding[]): JsonObject {
  if (errors.length === 0) return { code: 200 }
  return {
    code: 403,
    reason: 'Forbidden',
    message: [...first(errors).map(told), ...more(errors)].join('; '),
    details: { causes: first(errors).map(({ rule, message, at }) => ({ reason: rule, message, field: at })) },
  }
}

function warningsOf(findings: readonly Finding[]): readonly string[] {
  return [...first(findings).map(told), ...more(findings)]
}

/** That something goes of which it cannot be told who needs it. */
function needs(review: Json, uncopied: readonly string[]): readonly string[] {
  if (at(review, ['request', 'operation']) !== 'DELETE' || uncopied.length === 0) return []
  return resourceOf(objectOf(at(review, ['request', 'oldObject']))).map(
    ({ address }) =>
      `what needs \`${address}\` cannot be told: ${uncopied.length} kinds of objects are not replicated, such as ${uncopied[0] ?? ''}`,
  )
}

function told({ rule, at, message }: Finding): string {
  return `${at}: ${message} [${rule}]`
}

function more(findings: readonly Finding[]): readonly string[] {
  const untold = findings.length - first(findings).length
  if (untold === 0) return []
  return [`and ${untold} more`]
}
