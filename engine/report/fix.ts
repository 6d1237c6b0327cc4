import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'
import { addressText, parseAddress } from '../address'
import { jsonLines, resourceLines } from './layout'

/** A fix for reading: a sentence that says what to do where, and the lines to put there. */
export interface FixText {
  readonly sentence: string
  readonly lines: readonly string[]
}

/** Renders a fix within `width` characters; one that is asked of another account as what to ask. */
export function fixText(wanted: Fix, isAsked: boolean, width: number): FixText {
  const fix = forReading(wanted)
  const where = whereOf(fix, isAsked)
  switch (fix.kind) {
    case 'key-policy-statement':
      return { sentence: `${where}add to the key policy of ${fix.target}:`, lines: jsonLines(fix.statement, width) }
    case 'identity-statement':
      return { sentence: `${where}add to a policy of ${fix.target}:`, lines: jsonLines(fix.statement, width) }
    case 'trust-statement':
      return { sentence: `${where}add to the trust policy of ${fix.target}:`, lines: jsonLines(fix.statement, width) }
    case 'remove-statement':
      return { sentence: `${where}take ${statementName(fix.statement)} out of ${fix.target}`, lines: [] }
    case 'edit-statement':
      return {
        sentence: `${where}in ${statementName(fix.statement)} of ${fix.target}, ${editText(fix.drop, fix.set)}`,
        lines: isEmpty(fix.set) ? [] : jsonLines(fix.set, width),
      }
    case 'remove':
      return { sentence: `${where}take ${fix.target} out`, lines: [] }
    case 'depends-on':
      return { sentence: `${where}in ${fix.target}, set:`, lines: [`depends_on = [${fix.on}]`] }
    case 'action':
    case 'principal':
      return { sentence: `${where}in ${fix.target}, write ${fix.to} in place of ${fix.from}`, lines: [] }
    case 'attribute':
      return { sentence: `${where}in ${fix.target}, set:`, lines: jsonLines(fix.value, width, `${fix.path} = `) }
    case 'resource':
      return {
        sentence: `${credentials(fix)}add:`,
        lines: resourceLines(fix.type, nameIn(fix.target), fix.values, width),
      }
    case 'move':
      return {
        sentence: `make ${fix.target} ${credentials(fix, 'instead')}`,
        lines: resourceLines(fix.type, nameIn(fix.target), fix.values, width),
      }
  }
}

function editText(drop: readonly string[], set: JsonObject): string {
  const out = drop.length === 0 ? '' : `take out ${drop.join(' and ')}`
  return [out, isEmpty(set) ? '' : 'set:'].filter(part => part !== '').join(', and ')
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0
}

/** A statement by Sid or, counted from 1 as people do, by position. */
function statementName(statement: string): string {
  if (/^\d+$/.test(statement)) return `statement number ${Number(statement) + 1}`
  return `the statement ${statement}`
}

function whereOf({ account }: Fix, isAsked: boolean): string {
  if (account === null) return ''
  return isAsked ? `account ${account} to ` : `in account ${account}, `
}

/**
 * A fix with its references as people can write them. What is of another plan, and in a template (`packer.pkr.hcl:source.…`) whatever is of a
 * plan, cannot be referred to: people put in what it is called once it is made.
 */
function forReading(fix: Fix): Fix {
  const home = parseAddress(fix.target)
  const isTemplate = home === null && fix.target.includes(':') && !fix.target.startsWith('arn:')
  return withTexts(fix as unknown as Json, text => {
    const [, reference = '', attribute = ''] = /^\$\{(.+)\.(\w+)\}$/.exec(text) ?? []
    const address = parseAddress(reference)
    if (!address || (!isTemplate && address.file === null)) return text
    if (!isTemplate && address.file === home?.file) return `\${${addressText(address)}.${attribute}}`
    return `<${attribute.toUpperCase()} of ${reference}>`
  }) as unknown as Fix
}

function withTexts(value: Json, written: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map(item => withTexts(item, written))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item, written)]))
  return typeof value === 'string' ? written(value) : value
}

/** Who makes a resource matters: a grant belongs to the account whose credentials created it. */
function credentials({ account, region }: { account: string | null; region: string | null }, end?: string): string {
  const who = account === null ? '' : `with the credentials of account ${account}`
  const place = region === null ? '' : `in ${region}`
  const text = [who, place].filter(part => part !== '').join(', ')
  if (end !== undefined) return `${text} ${end}:`.trimStart()
  return text === '' ? '' : `${text}, `
}

/** The name of a resource by its address: `keyreach` of `aws_kms_grant.keyreach`. */
function nameIn(target: string): string {
  return /\.([\w-]+)(?:\[[^\]]*\])?$/.exec(target)?.[1] ?? 'keyreach'
}
