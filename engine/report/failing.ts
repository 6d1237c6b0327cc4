import type { Finding } from '../../policies/lang/finding'

/** What fails a check, each with all that the one before does. */
export const strictness = ['error', 'warning', 'unknown'] as const

/** The least that fails a check. */
export type Strictness = (typeof strictness)[number]

/** Whether a finding fails a check. */
export function fails({ verdict, severity, waived }: Finding, failOn: Strictness): boolean {
  if (verdict === 'unknown') return failOn === 'unknown'
  return verdict === 'fail' && waived === null && (severity === 'error' || failOn !== 'error')
}

/** How much a finding matters: errors before warnings, then what is unknown, what is waived, and what passes. */
export function rank({ verdict, severity, waived }: Finding): number {
  if (verdict === 'pass') return 4
  if (waived !== null) return 3
  if (verdict === 'unknown') return 2
  return severity === 'error' ? 0 : 1
}
