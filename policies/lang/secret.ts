import { at, fact, index, leaves } from '../intrinsics'
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
  return marked('').filter(value => !open.includes(value))
})

/** Under '': all texts that plans mark as sensitive. */
const marked = index(function* () {
  for (const change of changes())
    for (const path of leaves(change.sensitive, true)) {
      const value = at(change.after, path)
      if (typeof value === 'string' && value !== '') yield ['', value]
    }
})
