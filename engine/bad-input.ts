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
    const source = file === '-' ? 'standard input' : file
    super([source, line, column].filter(part => part !== undefined).join(':') + (place ? ': ' : '') + problem)
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

/** The code of a system error (`ENOENT`), empty where it is another error. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** What a system error means to people. */
export function systemProblem(error: unknown): string {
  return problems[errorCode(error)] ?? `it cannot be read: ${errorCode(error) || String(error).split('\n', 1)[0]}`
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
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB; split the configuration and pass its plans',
}
