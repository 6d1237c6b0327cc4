import type { PageAccess, PageData } from '../data'
import { type Filter, found, type Index, indexOf } from '../filter'

export const views = ['map', 'findings', 'access'] as const

export type View = (typeof views)[number]

/** What stands in the details: a finding, or accesses under a title. */
export type Opened =
  | { readonly kind: 'finding'; readonly finding: number }
  | {
      readonly kind: 'accesses'
      readonly id: string
      readonly title: string
      readonly accesses: readonly PageAccess[]
      /** The only action that is meant; null for all. */
      readonly action: string | null
    }

export interface State {
  readonly view: View
  readonly filter: Filter
  readonly opened: Opened | null
}

/** The state of a page and what follows from it; parts listen for changes. */
export interface App {
  readonly index: Index
  state(): State
  /** The findings that the filter lets through, and the accesses that they are about. */
  shown(): Shown
  change(part: Partial<State>): void
  listen(listener: (state: State, before: State) => void): void
}

export interface Shown {
  readonly findings: readonly number[]
  readonly accesses: readonly PageAccess[]
}

export function app(data: PageData, first: State): App {
  const index = indexOf(data)
  const listeners: ((state: State, before: State) => void)[] = []
  let state = first
  let shown: Shown | null = null
  return {
    index,
    state: () => state,
    shown() {
      shown ??= shownBy(index, state.filter)
      return shown
    },
    change(part) {
      const before = state
      state = { ...state, ...part }
      if (before.filter !== state.filter) shown = null
      for (const listener of listeners) listener(state, before)
    },
    listen(listener) {
      listeners.push(listener)
    },
  }
}

function shownBy(index: Index, filter: Filter): Shown {
  const findings = found(index, filter)
  return { findings, accesses: findings.flatMap(finding => index.accesses.get(finding) ?? []) }
}
