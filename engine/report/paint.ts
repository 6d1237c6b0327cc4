/** How words are told apart; each gives its text back where there are no colours. picocolors has this shape. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly cyan: (text: string) => string
  readonly magenta: (text: string) => string
}

const asIs = (text: string): string => text

/** No colours. */
export const plain: Paint = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, green: asIs, cyan: asIs, magenta: asIs }
