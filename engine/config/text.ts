import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type * as z from 'zod'
import { BadInput, type Place } from '../bad-input'
import { problemOf } from '../problem'
import type { Mistake } from './check'
import { type Contents, schema } from './schema'

type Path = readonly PropertyKey[]

/** A keyreach.yaml that has the right shape, and where in it each value stands. */
export interface ConfigText {
  readonly file: string
  readonly contents: Contents
  place(path: Path): Place
  /** Throws `BadInput` for the first of these mistakes, with its place, if there is one. */
  reject(mistakes: readonly Mistake[]): void
}

/** Reads the text of a keyreach.yaml. Throws `BadInput` with line and column where it is not YAML or has another shape. */
export function parse(text: string, file: string): ConfigText {
  const lines = new LineCounter()
  // Keys are texts, so that an account number keeps its leading zero.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const [fault] = document.errors
  if (fault) throw new BadInput(place(fault.pos[0]), `this is not YAML: ${faultText(fault.message)}`)
  const { data, error } = schema.safeParse(contentsOf(document, file))
  const complain = (problems: readonly Problem[]): void => {
    const [first, ...others] = [...problems].sort((a, b) => a.offset - b.offset)
    if (first)
      throw new BadInput(place(first.offset), `${first.text}${others.length > 0 ? ` (and ${others.length} more)` : ''}`)
  }
  complain(error?.issues.map(issue => problem(document, issue)) ?? [])
  return {
    file,
    contents: data ?? {},
    place: path => place(startOf(nearest(document, path))),
    reject: mistakes => complain(mistakes.map(mistake => named(document, mistake))),
  }
}

function named(document: Document, { path, isKey, text }: Mistake): Problem {
  const node = isKey ? keyNode(document, path) : nearest(document, path)
  return { offset: startOf(node), text: `\`${pathText(path)}\`: ${text}` }
}

interface Problem {
  readonly offset: number
  readonly text: string
}

function problem(document: Document, issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    return {
      offset: startOf(keyNode(document, [...issue.path, name])),
      text: `unknown key \`${name}\`; ${issue.message}`,
    }
  }
  if (issue.code === 'invalid_key')
    return {
      offset: startOf(keyNode(document, issue.path)),
      text: `\`${pathText(issue.path)}\`: ${issue.issues[0]?.message ?? issue.message} as the key`,
    }
  const node = exact(document, issue.path)
  const name = issue.path.length > 0 ? `\`${pathText(issue.path)}\`` : 'the document'
  if (!node) return { offset: startOf(nearest(document, issue.path)), text: `${name} is missing: ${issue.message}` }
  return { offset: startOf(node), text: `${name}: ${issue.message}${quoting(node, issue.message)}` }
}

/** Numbers that ought to be texts are the commonest mistake: account numbers without quotes. */
function quoting(node: Node, message: string): string {
  const isNumber = isScalar(node) && typeof node.value === 'number'
  return isNumber && message.includes('quotes') ? `: write '${node.source ?? String(node.value)}'` : ''
}

function contentsOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {}
  } catch (error) {
    throw new BadInput({ file }, `this is not YAML that can be read: ${problemOf(error)}`)
  }
}

function exact(document: Document, path: Path): Node | null {
  const found = path.length === 0 ? document.contents : document.getIn(path, true)
  return isNode(found) ? found : null
}

function nearest(document: Document, path: Path): Node | null {
  return exact(document, path) ?? (path.length > 0 ? nearest(document, path.slice(0, -1)) : null)
}

function keyNode(document: Document, path: Path): Node | null {
  const parent = exact(document, path.slice(0, -1))
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
  return isNode(pair?.key) ? pair.key : nearest(document, path)
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0
}

function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')
}

/** The yaml package ends its sentences and begins them in upper case. */
function faultText(message: string): string {
  const [line = ''] = message.split('\n')
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/\.$/, '')
}
