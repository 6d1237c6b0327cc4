import type { JsonObject } from '../../../policies/intrinsics'
import { BadInput } from '../../bad-input'
import { problemOf } from '../../problem'

/** The parser is a program of 7 MB in Wasm: loaded only where there is HCL to read. */
const parser = () => import('@cdktf/hcl2json')

/** What is longer or deeper was not written by people; the parser does not survive nesting without end. */
const longest = 1_000_000
const deepest = 200

/**
 * An HCL document as JSON: blocks are lists below their labels, expressions are texts in `${…}`.
 * Throws `BadInput` with line and column where it is not HCL.
 */
export async function hclOf(text: string, file: string): Promise<JsonObject> {
  if (text.length > longest) throw new BadInput({ file }, `it is longer than ${longest} characters`)
  if (depthOf(text) > deepest) throw new BadInput({ file }, `it is nested more than ${deepest} levels deep`)
  const { parse } = await parser()
  try {
    return await parse('hcl', text)
  } catch (error) {
    throw faultOf(problemOf(error), file)
  }
}

/** How deep brackets stand in brackets, those in texts and comments among them. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const [bracket] of text.matchAll(/[[\](){}]/g)) {
    depth += '[({'.includes(bracket) ? 1 : -1
    most = Math.max(most, depth)
  }
  return most
}

function faultOf(message: string, file: string): BadInput {
  const [, line, column, summary] = /hcl:(\d+),(\d+)[^:]*: ([^;\]]+)/.exec(message) ?? []
  if (!summary) return new BadInput({ file }, `this is not HCL that can be read: ${message}`)
  const text = summary.charAt(0).toLowerCase() + summary.slice(1)
  return new BadInput({ file, line: Number(line), column: Number(column) }, `this is not HCL: ${text}`)
}
