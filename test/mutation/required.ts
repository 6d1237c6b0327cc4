import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The arguments without which Terraform takes no resource of a type, as the provider's classes have them. */
export function requiredOf(address: string): readonly string[] {
  const [, data, type = ''] = /(?:^|\.)(data\.)?aws_([a-z0-9_]+)\.[^.]+$/.exec(address) ?? []
  const file = join(provider, `${data ? 'data-aws-' : ''}${type.replaceAll('_', '-')}`, 'index.d.ts')
  const key = `${data ?? ''}${type}`
  const known = cache.get(key) ?? read(file)
  cache.set(key, known)
  return known
}

const provider = join(dirname(require.resolve('@cdktf/provider-aws/package.json')), 'lib')
const cache = new Map<string, readonly string[]>()

function read(file: string): readonly string[] {
  if (!existsSync(file)) return []
  const [, body = ''] =
    /export interface \w+Config extends [^{]*\{([\s\S]*?)\n\}/.exec(readFileSync(file, 'utf8')) ?? []
  return [...body.matchAll(/readonly (\w+): /g)].map(([, name = '']) =>
    name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`),
  )
}
