import * as z from 'zod'
import { schema } from './config/schema'
import { reportSchema } from './report/schema'

/** The published schemas, by path: of keyreach.yaml, for editors, and of the report, for programs. */
export const schemas: { readonly [path: string]: string } = {
  'schemas/keyreach.schema.json': rendered('keyreach.yaml', schema),
  'schemas/report.schema.json': rendered('The report of keyreach', reportSchema),
}

function rendered(title: string, shape: z.ZodType): string {
  const { $schema, ...body } = z.toJSONSchema(shape, { reused: 'inline' })
  return `${collapsed(collapsed(JSON.stringify({ $schema, title, ...body }, null, 2)))}\n`
}

/** JSON in the layout of the formatter, which puts a list of texts on one line where it fits; once more, and so lists of such lists. */
function collapsed(json: string): string {
  return json.replace(
    /^( *)(.*)\[\n\s*((?:(?:"[^"\n]*"|\[[^\n]*\]),?\s*)+)\](,?)$/gm,
    (block, indent, key, items, comma) => {
      const line = `${indent}${key}[${items.trim().replace(/\s+/g, ' ')}]${comma}`
      return line.length <= 120 ? line : block
    },
  )
}
