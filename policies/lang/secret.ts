import { at, fact, index, type Json, leaves, mentions } from '../intrinsics'
import { changes, removals } from './changes'
import type { Finding, Fix } from './finding'
import { objectsOf, textsOf } from './json'
import { declared, declaredAccounts, plans } from './world'

/** A finding as it can be shown: without the values that plans mark as sensitive, nor changes that name one. */
export function shown(finding: Finding): Finding {
  if (secrets().length === 0) return finding
  const fix = finding.fix.filter(change => !isSecret(change))
  return {
    ...finding,
    account: finding.account === null ? null : redacted(finding.account),
    at: redactedPlace(finding.at),
    message: redacted(messageOf(finding, fix.length < finding.fix.length)),
    fix,
    evidence: finding.evidence.map(one => ({ at: redactedPlace(one.at), what: redacted(one.what) })),
    known: finding.known.map(redacted),
  }
}

function messageOf(finding: Finding, isHidden: boolean): string {
  if (isHidden) return `${finding.message} (the change that mends it names a value that is marked as sensitive)`
  return finding.message
}

/** A text with each word that holds a value marked as sensitive hidden. */
export function redacted(text: string): string {
  return text
    .split(' ')
    .map(word => (secrets().some(value => word.includes(value)) ? '(sensitive)' : word))
    .join(' ')
}

/** A place as findings name it: an address, or an ARN, which may be sensitive. */
function redactedPlace(place: string): string {
  if (!place.startsWith('arn:')) return place
  return redacted(place)
}

function isSecret(fix: Fix): boolean {
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
