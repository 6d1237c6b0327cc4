import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Changes } from '../mend/changes'
import { blockLines } from './layout'

/** The forms that Terraform reads. */
export const configurationFormats = ['json', 'hcl'] as const

export type ConfigurationFormat = (typeof configurationFormats)[number]

/** A file to write: its path, and its whole text. */
export interface ConfigurationFile {
  readonly path: string
  readonly text: string
}

/** The files that make changes, as Terraform reads them: an override of what is there, and a file of what is new. */
export function configurationFiles(changes: Changes, format: ConfigurationFormat): readonly ConfigurationFile[] {
  const extension = format === 'json' ? 'tf.json' : 'tf'
  return [
    { name: 'keyreach_override', blocks: changes.override },
    { name: 'keyreach', blocks: changes.added },
  ]
    .filter(({ blocks }) => Object.keys(blocks).length > 0)
    .map(({ name, blocks }) => ({
      path: `${changes.folder}/${name}.${extension}`,
      text: format === 'json' ? `${JSON.stringify(blocks, null, 2)}\n` : hcl(blocks),
    }))
}

const width = 100

/** Configuration in JSON as HCL; policies are `jsonencode(…)` of what they say, for reading. */
export function hcl(blocks: JsonObject): string {
  const labels: { readonly [kind: string]: number } = { resource: 2, data: 2 }
  const all = Object.entries(blocks).flatMap(([kind, below]) =>
    labelledIn(below, labels[kind] ?? 1).map(([names, body]) => [[kind, ...names], body] as const),
  )
  const texts = all.map(([[kind = '', ...names], body]) => {
    const head = [kind, ...names.map(name => JSON.stringify(name))].join(' ')
    // The type of a variable is a keyword, not a text.
    const lines = blockLines(head, body, width)
    return (kind === 'variable' ? lines.map(line => line.replace(/= "string"$/, '= string')) : lines).join('\n')
  })
  return `${texts.join('\n\n')}\n`
}

function labelledIn(value: Json, depth: number): readonly (readonly [readonly string[], JsonObject])[] {
  if (!isObject(value)) return []
  if (depth === 0) return [[[], value]]
  return Object.entries(value).flatMap(([name, below]) =>
    labelledIn(below, depth - 1).map(([names, body]) => [[name, ...names], body] as const),
  )
}
