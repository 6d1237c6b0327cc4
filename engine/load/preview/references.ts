import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { type Expression, parseTemplate } from '../hcl/parse'

/**
 * The references in what is written, as Terraform lists them: `aws_kms_key.a.arn`, `aws_kms_key.a`, `var.key`. Those through a local are
 * those of the local, which no plan would tell.
 */
export function referencesIn(written: Json, locals: JsonObject): readonly string[] {
  return [...new Set(referencesOf(written, locals, []))]
}

function referencesOf(written: Json, locals: JsonObject, within: readonly string[]): readonly string[] {
  if (Array.isArray(written)) return written.flatMap(item => referencesOf(item, locals, within))
  if (isObject(written)) return Object.values(written).flatMap(item => referencesOf(item, locals, within))
  if (typeof written !== 'string' || !written.includes('${')) return []
  const expression = parseTemplate(written)
  if (!expression) return []
  return mentionedIn(expression, []).flatMap(names => {
    const [root = '', local = ''] = names
    if (root !== 'local' || !(local in locals)) return listed(names)
    return within.includes(local) ? [] : referencesOf(locals[local] ?? null, locals, [...within, local])
  })
}

/** The names that an expression mentions, each in its steps; an instance key is a step in brackets. `bound` are those of a `for` around it. */
function mentionedIn(expression: Expression, bound: readonly string[]): readonly (readonly string[])[] {
  const inAll = (parts: readonly Expression[]) => parts.flatMap(part => mentionedIn(part, bound))
  switch (expression.kind) {
    case 'literal':
      return []
    case 'template':
      return inAll(expression.parts.filter(part => typeof part === 'object'))
    case 'list':
      return inAll(expression.items)
    case 'object':
      return inAll(expression.members.flat())
    case 'call':
      return inAll(expression.values)
    case 'choice':
      return inAll(expression.of)
    case 'operation':
      return inAll(expression.sides)
    case 'splat':
      return inAll([expression.of])
    case 'for': {
      const own = [...bound, expression.value, ...(expression.key === null ? [] : [expression.key])]
      const inner = [expression.name, expression.result, expression.wanted].filter(part => part !== null)
      return [...inAll([expression.over]), ...inner.flatMap(part => mentionedIn(part, own))]
    }
    case 'name':
      return bound.includes(expression.name) ? [] : [[expression.name]]
    case 'member': {
      const { of, key } = expression
      const before = mentionedIn(of, bound)
      if (key.kind !== 'literal') return [...before, ...mentionedIn(key, bound)]
      const step = isAttribute(expression) ? String(key.value) : `[${JSON.stringify(key.value)}]`
      return isPath(of) ? before.map(names => [...names, step]) : before
    }
  }
}

function isAttribute({ source, key }: Extract<Expression, { readonly kind: 'member' }>): boolean {
  return key.kind === 'literal' && !source.endsWith(']')
}

/** Whether an expression is a name with nothing but constant steps. */
function isPath(expression: Expression): boolean {
  if (expression.kind === 'name') return true
  return expression.kind === 'member' && expression.key.kind === 'literal' && isPath(expression.of)
}

/** `aws_kms_key.a[0].arn` is a reference to that, to the instance, and to the resource. */
function listed(names: readonly string[]): readonly string[] {
  const [root = ''] = names
  const length = root === 'data' ? 3 : 2
  if (['each', 'count', 'path', 'terraform', 'self'].includes(root)) return [text(names.slice(0, 2))]
  const isInstance = names[length]?.startsWith('[') === true
  const lengths = [names.length, ...(isInstance ? [length + 1] : []), length]
  return lengths.map(count => text(names.slice(0, count)))
}

function text(names: readonly string[]): string {
  return names.join('.').replaceAll('.[', '[')
}
