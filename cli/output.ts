import { fstatSync, writeSync } from 'node:fs'
import { errorCode } from '../engine/bad-input'
import { clean } from '../engine/report/clean'
import { type Paint, plain } from '../engine/report/paint'

const standardOutput = 1
const standardError = 2

let isStatusShown = false

/** Whether standard error can have a line that comes and goes. */
export function hasStatus(): boolean {
  return isTerminal(standardError) && process.env.TERM !== 'dumb'
}

/** Shows a line on standard error in place of the one before it; an empty one leaves nothing there. */
export function status(line: string): void {
  if (line === '' && !isStatusShown) return
  const columns = process.stderr.columns || 80
  write(standardError, Buffer.from(`\r\x1b[K${clean(line).slice(0, columns - 1)}`))
  isStatusShown = line !== ''
}

/** Writes to standard output. The streams of `process` take longer to set up than this takes to write. */
export function print(text: string): void {
  status('')
  write(standardOutput, Buffer.from(text))
}

/** Writes to standard error as it is: help, where it was not asked for. */
export function printError(text: string): void {
  status('')
  write(standardError, Buffer.from(text))
}

/** Writes a line to standard error, under the name of the program. */
export function complain(line: string): void {
  status('')
  write(standardError, Buffer.from(`keyreach: ${clean(line)}\n`))
}

/** Colours where standard output is a terminal that has them and nobody minds (https://no-color.org). */
export async function painter(): Promise<Paint> {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = process.env
  if (no || (!force && (!isTerminal(standardOutput) || terminal === 'dumb'))) return plain
  const { default: colours } = await import('picocolors')
  return colours.createColors(true)
}

/** The columns that a report keeps within: those of the terminal, but no more than can be read with ease. */
export function width(): number {
  return Math.min(100, (isTerminal(standardOutput) && process.stdout.columns) || 100)
}

/** Whether a terminal is there. Only of a character device is that asked: `node:tty` is slow to load. */
function isTerminal(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(descriptor)
}

/** Writes everything. A pipe that is full for the moment is tried again; one that nobody reads from any more is left. */
function write(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
}
