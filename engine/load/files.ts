import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { byCodePoint } from '../../policies/intrinsics'
import { BadInput, systemProblem } from '../bad-input'

/** The bytes of a file, or of standard input for `-`. Throws `BadInput` where they cannot be read. */
export async function bytesOf(file: string): Promise<Buffer> {
  try {
    if (file === '-') return await standardInput()
    return readFileSync(file)
  } catch (error) {
    throw new BadInput({ file }, systemProblem(error))
  }
}

/** Whether a path is a directory. Throws `BadInput` where nothing is there. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new BadInput({ file: path }, systemProblem(error))
  }
}

/**
 * The files in a directory and below it that may be plans or templates, sorted: `*.json`, `*.json.gz` and `*.pkr.hcl`.
 * Dependencies and hidden directories are left out.
 */
export function candidatesIn(directory: string): readonly string[] {
  return entriesOf(directory)
    .flatMap(entry => {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) return isOwn(entry.name) ? candidatesIn(path) : []
      return /\.(json(\.gz)?|pkr\.hcl)$/.test(entry.name) ? [path] : []
    })
    .sort(byCodePoint)
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    throw new BadInput({ file: directory }, systemProblem(error))
  }
}

function isOwn(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules'
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
