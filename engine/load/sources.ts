import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { BadInput } from '../bad-input'
import type { Config } from '../config'
import { candidatesIn, isDirectory } from './files'

/** A file to read. */
export interface Source {
  /** As people know it. */
  readonly file: string
  /** Where it is: an absolute path, or `-` for standard input. */
  readonly path: string
  readonly account: string | null
  /** Whether it is here only because a directory was named, so that it may be something else. */
  readonly found: boolean
}

/**
 * The files that the arguments (`[ACCOUNT=]PLAN`) name, or the plans that the configuration names where there are none, and the templates
 * that it names; each once.
 * Throws `BadInput` for an account that is none, a file that is not there, and a file that is to reach two accounts.
 */
export function sourcesOf(args: readonly string[], config: Config | null): readonly Source[] {
  const named = args.length > 0 ? args.flatMap(argument => fromArgument(argument)) : fromConfig(config)
  const templates = config?.templates.map(({ file, path }) => ({ file, path, account: null, found: false })) ?? []
  const unique = new Map<string, Source>()
  for (const source of [...named, ...templates]) unique.set(source.path, merged(unique.get(source.path), source))
  return [...unique.values()]
}

function fromArgument(argument: string): readonly Source[] {
  const { account, name } = split(argument)
  if (name === '-') return [{ file: name, path: name, account, found: false }]
  if (!isDirectory(name)) return [{ file: name, path: resolve(name), account, found: false }]
  return candidatesIn(name).map(file => ({ file, path: resolve(file), account, found: true }))
}

function fromConfig(config: Config | null): readonly Source[] {
  if (!config) throw new BadInput(null, 'no plan to judge: name one, or write a keyreach.yaml that does')
  if (config.plans.length + config.templates.length === 0)
    throw new BadInput({ file: config.file }, 'it names no plans; add `plans`, or name one on the command line')
  return config.plans.map(({ file, path }) => ({ file, path, account: null, found: false }))
}

/** An argument as the account and the name in it. Throws `BadInput` for an account that is none. */
export function split(argument: string): { readonly account: string | null; readonly name: string } {
  const [, account, name] = /^(\d{12})=(.+)$/s.exec(argument) ?? []
  if (account && name) return { account, name }
  if (/^[^/.]*=/.test(argument) && !existsSync(argument))
    throw new BadInput(
      null,
      `${argument}: expected ACCOUNT=PLAN with an account of 12 digits, as in 111122223333=plan.json`,
    )
  return { account: null, name: argument }
}

function merged(before: Source | undefined, source: Source): Source {
  if (!before) return source
  if (before.account !== null && source.account !== null && before.account !== source.account)
    throw new BadInput(
      { file: source.file },
      `named for two accounts, ${before.account} and ${source.account}; keep one`,
    )
  return { ...before, account: before.account ?? source.account, found: before.found && source.found }
}
