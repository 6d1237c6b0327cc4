/** Where in the input something is wrong; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Input that cannot be judged. The message is one line: where, what was expected, and what to do. */
export class BadInput extends Error {
  constructor(place: Place | null, problem: string) {
    const { file, line, column } = place ?? {}
    super([file, line, column].filter(part => part !== undefined).join(':') + (place ? ': ' : '') + problem)
    this.name = 'BadInput'
  }
}

/** The line and column of an offset in a text. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.lastIndexOf('\n', offset - 1)
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return { file, line, column: offset - before }
}

/** A short form of a system error (`ENOENT` and the like) for people. */
export function systemProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return problems[code] ?? (error instanceof Error ? error.message.replace(/^\w+: |, \w+ '.*'$/g, '') : String(error))
}

const problems: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'it may not be read: permission denied',
  EPERM: 'it may not be read: operation not permitted',
  EISDIR: 'it is a directory, not a file',
  ENOTDIR: 'a part of the path is a file, not a directory',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
}
