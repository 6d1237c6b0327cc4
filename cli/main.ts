#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { BadInput } from '../engine/bad-input'
import { packageVersion } from '../engine/package'
import { problemOf } from '../engine/problem'
import type { Exit } from './command'
import { bundle } from './commands/bundle'
import { check } from './commands/check'
import { explain } from './commands/explain'
import { fix } from './commands/fix'
import { generate } from './commands/generate'
import { list } from './commands/list'
import { create } from './commands/new'
import { preview } from './commands/preview'
import { report } from './commands/report'
import { rule } from './commands/rule'
import { world } from './commands/world'
import { complain, print, printError } from './output'

const examples = `
Examples:
  terraform show -json tfplan > plan.json && keyreach check plan.json
  keyreach check 444455556666=owner.json 111122223333=consumer.json
  keyreach check                             the plans that ./keyreach.yaml names
  keyreach preview cdktf.out                 before anything is planned
  keyreach explain "Client.InternalError: Client error on launch"
  keyreach world owner.json | conftest test --policy node_modules/keyreach/dist/rego -
  keyreach rule kms/multi-region-key-has-replica

Exit codes: 0 nothing fails, 1 something does, 2 it could not be judged.
`

const commands = new Map(
  Object.entries({ check, preview, fix, report, explain, world, bundle, list, rule, new: create, generate }),
)

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  let code = 0
  const program = commandLine(args[0], given => {
    code = given
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    complain(error instanceof BadInput ? error.message : `this should not happen: ${problemOf(error)}`)
    return 2
  }
}

/** The command line, with all commands or, to start sooner, the one that is called. */
function commandLine(called: string | undefined, exit: Exit): Command {
  const program = new Command('keyreach')
    .description(
      'Does the key of an encrypted machine image reach every role that must use it? Decided from Terraform plans.',
    )
    .option('-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a command, the help of that command')
    .helpCommand(false)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: printError, outputError: text => complain(oneLine(text, called)) })
    .on('option:version', () => {
      print(`${packageVersion()}\n`)
      throw new CommanderError(0, 'keyreach.version', '')
    })
  const own = called === undefined ? undefined : commands.get(called)
  for (const add of own ? [own] : commands.values()) add(program, exit)
  return program
}

/** What commander says of a mistake takes two lines, of which the second is a suggestion. The help that tells more is the command's own. */
function oneLine(text: string, called: string | undefined): string {
  const line = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
  const command = called !== undefined && commands.has(called) ? `keyreach ${called}` : 'keyreach'
  return `${line}; see \`${command} --help\``
}
