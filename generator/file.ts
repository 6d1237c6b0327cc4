/** A file that is generated: its path from the root of the repository, or of the archive it goes into, and all of it. */
export interface File<T = string> {
  readonly path: string
  readonly text: T
}
