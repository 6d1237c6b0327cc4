import type { Json, JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'
import { jsonLines, resourceLines } from './layout'

/** A fix for reading: a sentence that says what to do where, and the lines to put there. */
export interface FixText {
  readonly sentence: string
  readonly lines: readonly string[]
}

/** Renders a fix within `width` characters; one that is asked of another account as what to ask. */
export function fixText(fix: Fix, isAsked: boolean, width: number): FixText {
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
      return { sentence: `${where}in ${fix.target}, set:`, lines: jsonLines(written(fix), width, `${fix.path} = `) }
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

/** A template (`packer.pkr.hcl:source.…`) cannot refer to a resource; people put in what it is called once it is made. */
function written({ target, value }: Extract<Fix, { kind: 'attribute' }>): Json {
  const isTemplate = target.includes(':') && !target.startsWith('arn:')
  const [, address, attribute] = isTemplate ? (/^\$\{(.+)\.(\w+)\}$/.exec(String(value)) ?? []) : []
  return address === undefined ? value : `<${attribute?.toUpperCase()} of ${address}>`
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
