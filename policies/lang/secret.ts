import { at, distinct, fact, leaves } from '../intrinsics'
import { changes } from './changes'
import { declaredAccounts, plans } from './world'

/** A text with each word that holds a value marked sensitive in a plan hidden. */
export function redacted(text: string): string {
  const values = secrets()
  if (values.length === 0) return text
  return text
    .split(' ')
    .map(word => (values.some(value => word.includes(value)) ? '(sensitive)' : word))
    .join(' ')
}

/** The texts that plans mark as sensitive, but for the accounts that are declared in the open. */
const secrets = fact((): readonly string[] => {
  const open = [...declaredAccounts(), ...plans().flatMap(plan => (plan.account === null ? [] : [plan.account]))]
  const marked = changes().flatMap(change => leaves(change.sensitive, true).map(path => at(change.after, path)))
  return distinct(marked.flatMap(value => (typeof value === 'string' && value !== '' ? [value] : []))).filter(value => !open.includes(value))
})
