import { isObject } from '../policies/intrinsics'

/** What went wrong, in one line. Only nesting without end in the input can exhaust the stack: no rule recurs. */
export function problemOf(error: unknown): string {
  const message = isObject(error) && 'message' in error ? String(error.message) : String(error)
  if (message === 'Maximum call stack size exceeded') return 'the input is nested too deeply to be judged'
  return message.split('\n', 1)[0] ?? ''
}
