/** What can be said of a claim: it holds, it does not, or that cannot be told. Unknown never becomes yes and never becomes no. */
export type Truth = 'yes' | 'no' | 'unknown'

/** Whether all claims hold: one that does not decides; of none, yes. */
export function all(claims: readonly Truth[]): Truth {
  if (claims.includes('no')) return 'no'
  if (claims.includes('unknown')) return 'unknown'
  return 'yes'
}

/** Whether any claim holds: one that does decides; of none, no. */
export function any(claims: readonly Truth[]): Truth {
  if (claims.includes('yes')) return 'yes'
  if (claims.includes('unknown')) return 'unknown'
  return 'no'
}

/** The opposite claim; unknown stays unknown. */
export function not(claim: Truth): Truth {
  if (claim === 'yes') return 'no'
  if (claim === 'no') return 'yes'
  return 'unknown'
}

/** A condition that is decided. */
export function truth(condition: boolean): Truth {
  if (condition) return 'yes'
  return 'no'
}

/** What the candidates of one unknown agree on: unknown where they differ or where there is none. */
export function agreed(claims: readonly Truth[]): Truth {
  if (claims.length > 0 && claims.every(claim => claim === 'yes')) return 'yes'
  if (claims.length > 0 && claims.every(claim => claim === 'no')) return 'no'
  return 'unknown'
}
