import { at, fact, index, type Json, leaves, mentions } from '../intrinsics'
import { changes, removals } from './changes'
import type { Evidence, Fix } from './finding'
import { objectsOf, textsOf } from './json'
import { declared, declaredAccounts, plans } from './world'

/** A text with each word that holds a value marked sensitive in a plan hidden. */
export function redacted(text: string): string {
  const values = secrets()
  if (values.length === 0) return text
  return text
    .split(' ')
    .map(word => (values.some(value => word.includes(value)) ? '(sensitive)' : word))
    .join(' ')
}

/** A place as findings name it: an address, or an ARN, which may be sensitive. */
export function redactedPlace(place: string): string {
  if (!place.startsWith('arn:')) return place
  return redacted(place)
}

/** Evidence with what is sensitive hidden. */
export function redactedEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  if (secrets().length === 0) return evidence
  return evidence.map(one => ({ at: redactedPlace(one.at), what: redacted(one.what) }))
}

/** Whether a change names a value marked sensitive in a plan, so that it cannot be shown. */
export function isSecret(fix: Fix): boolean {
  return secrets().some(value => mentions(fix as unknown as Json, value))
}

/** The texts that plans and templates mark as sensitive, but for the accounts that are declared in the open. */
const secrets = fact((): readonly string[] => {
  const open = [...declaredAccounts(), ...plans().flatMap(plan => (plan.account === null ? [] : [plan.account]))]
  return marked('').filter(value => !open.includes(value))
})

/** Under '': all texts that plans and templates mark as sensitive. */
const marked = index(function* () {
  for (const template of objectsOf(declared('templates')))
    for (const value of textsOf(at(template, ['sensitive']))) yield ['', value]
  for (const change of changes())
    for (const path of leaves(change.sensitive, true)) {
      const value = at(change.after, path)
      if (typeof value === 'string' && value !== '') yield ['', value]
    }
  for (const removal of removals())
    for (const path of leaves(removal.sensitive, true)) {
      const value = at(removal.before, path)
      if (typeof value === 'string' && value !== '') yield ['', value]
    }
})
