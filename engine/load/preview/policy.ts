import { isObject, type Json, type JsonObject, parseJson } from '../../../policies/intrinsics'
import { statementBlock } from '../../policy-document'
import { evaluate, missingIn, type Scope } from '../hcl/evaluate'
import { type Expression, parseTemplate } from '../hcl/parse'

/**
 * A policy that is not known as a whole, as the blocks of an `aws_iam_policy_document`: it is a text with holes, or `jsonencode(…)` of
 * parts that are not all known. Null where it comes from elsewhere.
 */
export function statementsOf(written: Json, scope: Scope): readonly JsonObject[] | null {
  const expression = typeof written === 'string' ? parseTemplate(written) : null
  const policy = expression && policyOf(expression, scope)
  const statements = isObject(policy) ? [policy.Statement ?? []].flat() : []
  return statements.length > 0 && statements.every(isObject) ? statements.map(statementBlock) : null
}

function policyOf(expression: Expression, scope: Scope): Json {
  if (expression.kind === 'call' && expression.name === 'jsonencode' && expression.values[0])
    return writtenAs(expression.values[0], scope)
  return expression.kind === 'template' ? withHoles(expression.parts, scope) : null
}

/** A value as configuration in JSON would have it. */
function writtenAs(expression: Expression, scope: Scope): Json {
  if (expression.kind === 'literal') return escaped(expression.value)
  if (expression.kind === 'list') return expression.items.map(item => writtenAs(item, scope))
  if (expression.kind === 'object')
    return Object.fromEntries(
      expression.members.map(([key, value]) => [
        String(key.kind === 'literal' ? key.value : evaluate(`\${${key.source}}`, scope)),
        writtenAs(value, scope),
      ]),
    )
  const value = evaluate(`\${${expression.source}}`, scope)
  return missingIn(value) === undefined ? escaped(value) : `\${${expression.source}}`
}

/** Stands for what is not known while the text around it is read as JSON: a character that no policy has. */
const hole = '\uE000'

function withHoles(parts: readonly (string | Expression)[], scope: Scope): Json {
  const sources: string[] = []
  const texts = parts.map(part => {
    if (typeof part === 'string') return part
    const value = evaluate(`\${${part.source}}`, scope)
    if (missingIn(value) === undefined && typeof value !== 'object') return String(value)
    sources.push(part.source)
    return `${hole}${sources.length - 1}${hole}`
  })
  const filled = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(filled)
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item)]))
    if (typeof value !== 'string') return value
    const [first = '', ...others] = value.split(hole)
    return [
      escaped(first),
      ...others.map((text, i) => (i % 2 === 0 ? `\${${sources[Number(text)]}}` : escaped(text))),
    ].join('')
  }
  return filled(parseJson(texts.join('')))
}

function escaped(value: Json): Json {
  if (Array.isArray(value)) return value.map(escaped)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item)]))
  return typeof value === 'string' ? value.replaceAll('${', '$${').replaceAll('%{', '%%{') : value
}
