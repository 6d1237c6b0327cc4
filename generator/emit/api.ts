import type { AliasModel, ApiModel } from '../api'
import type { TypeModel } from '../declarations'
import type { File } from '../file'
import { codeBlock, page } from './markdown'
import { type Home, members } from './types'

/** The page of the library, `docs/api.md`, with a program that uses it. */
export function emitApi({ description, functions, types }: ApiModel, program: string): File {
  const home: Home = name => (types.some(type => type.name === name) ? `#${name.toLowerCase()}` : null)
  const parts = [
    '<!-- Generated from engine/api.ts; do not edit. -->',
    '# In a program',
    description,
    '## Example',
    codeBlock('ts', program),
    '## Functions',
    ...functions.flatMap(({ name, signature, description }) => [
      `### ${name}`,
      codeBlock('ts', signature),
      description,
    ]),
    '## Types',
    ...types.flatMap(type => typeParts(type, home)),
    '## Constructs',
    'What builds infrastructure is in `keyreach/cdktf` and `keyreach/cdktn`: [constructs](constructs/README.md).',
  ]
  return { path: 'docs/api.md', text: page(parts) }
}

function typeParts(type: TypeModel | AliasModel, home: Home): readonly string[] {
  const head = `### ${type.name}`
  if ('text' in type) return [head, type.description, codeBlock('ts', type.text)]
  return [head, type.summary, type.description, ...(type.fields.length > 0 ? [members(type.fields, home)] : [])]
}
