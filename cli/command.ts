import type { Command } from 'commander'

/** Takes the exit code of the command that ran. */
export type Exit = (code: number) => void

/**
 * Adds a command to the command line. What it does is loaded when it runs: the command that a pipeline waits for is to start
 * without the others.
 */
export type AddCommand = (program: Command, exit: Exit) => void
