import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { byCodePoint, isObject, type Json } from '../../policies/intrinsics'
import { BadInput } from '../bad-input'
import { bytesOf, candidatesIn, isDirectory } from './files'
import { jsonOf } from './json'
import { split } from './sources'
import { textOf } from './text'

/**
 * The arguments that name configuration in JSON (`[ACCOUNT=]DIR`) by its files: the stacks that CDK for Terraform has synthesized, as
 * its manifest lists them, else every `*.tf.json` in the directory and below.
 * Throws `BadInput` where there are none.
 */
export async function configurationIn(argument: string): Promise<readonly string[]> {
  const { account, name } = split(argument)
  const files = isDirectory(name) ? await filesIn(name) : [name]
  return account === null ? files : files.map(file => `${account}=${file}`)
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const manifest = join(directory, 'manifest.json')
  const stacks = existsSync(manifest) ? await synthesized(directory, manifest) : []
  const found = stacks.length > 0 ? stacks : candidatesIn(directory).filter(file => file.endsWith('.tf.json'))
  if (found.length > 0) return found
  const isHcl = readdirSync(directory).some(file => file.endsWith('.tf'))
  throw new BadInput(
    { file: directory },
    isHcl
      ? 'this is configuration in HCL; plan it, and pass what `terraform show -json <planfile>` prints to `keyreach check`'
      : 'no configuration in JSON is in there; expected a synthesized `cdktf.out` or `*.tf.json`',
  )
}

async function synthesized(directory: string, manifest: string): Promise<readonly string[]> {
  const { stacks } = objectOf(jsonOf(textOf(await bytesOf(manifest), manifest), manifest))
  return Object.values(objectOf(stacks ?? null)).flatMap(stack => {
    const { synthesizedStackPath: path } = objectOf(stack)
    return typeof path === 'string' ? [join(directory, path)] : []
  })
}

function objectOf(value: Json): { readonly [key: string]: Json } {
  return isObject(value) ? value : {}
}

/** The contents of files in the order in which Terraform reads them: override files come last. */
export function inOverridingOrder<T>(files: readonly (readonly [string, T])[]): readonly T[] {
  const isOverride = (path: string): number => (/(^|[/_])override\.tf\.json$/.test(path) ? 1 : 0)
  const sorted = [...files].sort(([a], [b]) => isOverride(a) - isOverride(b) || byCodePoint(a, b))
  return sorted.map(([, contents]) => contents)
}
