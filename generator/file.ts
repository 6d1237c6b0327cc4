/** A file that is generated: its path from the root of the repository, and its whole text. */
export interface File {
  readonly path: string
  readonly text: string
}
