import { ts } from 'ts-morph'
import { array, type Body, call, expression, global, infix, local, scalar, some, type Term } from './ast'
import { type Context, fresh, type Program, refuse, symbolOf, textOf, typeOf, within } from './context'
import { isList, isScalar, mayBeNull, mayBeObject } from './types'
import { value } from './visitors'
import { reached } from './visitors/access'
import { indexCall } from './visitors/calls'
import { globalTerm } from './visitors/identifier'
import { type Iteration, unordered } from './visitors/lists'

const home = 'policies/intrinsics.ts'
const rego = 'policies.intrinsics'

/** Whether a name is one of policies/intrinsics.ts. */
export function isIntrinsic(symbol: ts.Symbol, program: Program): boolean {
  const declaration = symbol.declarations?.[0]
  return declaration !== undefined && program.pathOf(declaration.getSourceFile()) === home
}

/** A call of a function of `intrinsics.rego`. */
export function intrinsic(name: string, cx: Context, ...args: readonly Term[]): Term {
  const prefix = cx.module.imports.get(rego) ?? `data.${rego}`
  return args.length === 0 ? global(`${prefix}.${name}`) : call(`${prefix}.${name}`, ...args)
}

type Word = (args: readonly Term[], cx: Context) => Term

/** The words whose Rego needs nothing but the values of their arguments. */
const words: { readonly [name: string]: Word } = {
  input: () => global('input'),
  settings: (_, cx) => intrinsic('settings', cx),
  like: (args, cx) => intrinsic('like', cx, ...args),
  lower: (args, cx) => intrinsic('ascii_lower', cx, ...args),
  parseJson: (args, cx) => intrinsic('parse_json', cx, ...args),
  mentions: (args, cx) => intrinsic('mentions', cx, ...args),
  record: (args, cx) => intrinsic('record', cx, ...args),
  snakeCase: (args, cx) => intrinsic('snake_case', cx, ...args),
  withoutInstances: (args, cx) => intrinsic('without_instances', cx, ...args),
  isObject: args => call('is_object', ...args),
  keys: args => call('sort', call('object.keys', ...args)),
}

/** A word by its values, where it is passed as a callback. */
export function termIntrinsic(name: string, args: readonly Term[], node: ts.Node, cx: Context): Term {
  const word = Object.hasOwn(words, name) ? words[name] : undefined
  return (
    word?.(args, cx) ??
    refuse('unsupported-call', node, { text: name, help: 'pass an arrow function that calls it' }, cx)
  )
}

type Call = (node: ts.CallExpression, cx: Context) => Term

/** The words whose Rego depends on what their arguments are. */
const calls: { readonly [name: string]: Call } = {
  at: atPath,
  entry: (node, cx) => call('object.get', value(given(node, 0), cx), value(given(node, 1), cx), scalar(null)),
  distinct: (node, cx) => call('sort', asSet(given(node, 0), cx)),
  sorted: (node, cx) => call('sort', unordered(given(node, 0), cx)),
  reachable: (node, cx) =>
    call('sort', call('graph.reachable', indexItself(given(node, 0), cx), unordered(given(node, 1), cx))),
  leaves: (node, cx) => refuse('order-dependence', node, { text: textOf(node) }, cx),
}

/** A call of a word of policies/intrinsics.ts. */
export function intrinsicCall(name: string, node: ts.CallExpression, cx: Context): Term {
  const own = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (own) return own(node, cx)
  return termIntrinsic(
    name,
    node.arguments.map(each => value(each, cx)),
    node,
    cx,
  )
}

function given(node: ts.CallExpression, position: number): ts.Expression {
  return node.arguments[position] ?? node
}

/** `at(value, path)`: `object.get` wants an object to begin with. */
function atPath(node: ts.CallExpression, cx: Context): Term {
  const [from, path] = [given(node, 0), given(node, 1)]
  const type = typeOf(from, cx)
  const steps = value(path, cx)
  const isObject =
    !mayBeNull(type) &&
    mayBeObject(type, cx.module.program.checker) &&
    !isList(type, cx.module.program.checker) &&
    !hasOthers(type, cx)
  if (steps.kind === 'array') return reached(value(from, cx), isObject, steps.items, scalar(null))
  if (isObject) return call('object.get', value(from, cx), steps, scalar(null))
  const whole: Term = { kind: 'object', entries: [[scalar('it'), value(from, cx)]] }
  return call('object.get', whole, call('array.concat', array([scalar('it')]), steps), scalar(null))
}

function hasOthers(type: ts.Type, cx: Context): boolean {
  return type.isUnion() && type.types.some(member => isScalar(member) || isList(member, cx.module.program.checker))
}

/** The different elements of a list: what an index holds is a set already. */
function asSet(node: ts.Expression, cx: Context): Term {
  const inner = within(cx)
  const name = fresh('item', inner)
  const list = unordered(node, inner)
  if (list.kind === 'array-of') return { ...list, kind: 'set-of' }
  if (ts.isCallExpression(node) && indexCall(node, inner)) return list
  return { kind: 'set-of', element: local(name), body: [some(name, list)] }
}

function indexItself(node: ts.Expression, cx: Context): Term {
  const symbol = symbolOf(node, cx.module.program.checker)
  const target = symbol && cx.module.program.globals.get(symbol)
  if (target?.kind === 'index') return globalTerm(target, cx)
  return refuse('unsupported-call', node, { text: textOf(node), help: 'pass the name of an `index`' }, cx)
}

/** `leaves(value, wanted)` as a loop over paths; null for any other expression. */
export function leavesLoop(node: ts.Expression, cx: Context): Iteration | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null
  const symbol = cx.module.program.checker.getSymbolAtLocation(node.expression)
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? cx.module.program.checker.getAliasedSymbol(symbol) : symbol
  if (!target || !isIntrinsic(target, cx.module.program) || target.name !== 'leaves') return null
  const path = fresh('path', cx)
  const wanted = value(given(node, 1), cx)
  const walked = (leaf: Term): Term => call('walk', value(given(node, 0), cx), array([local(path), leaf]))
  // To walk costs far more than to print: where `true` stands in no part of the text, it stands nowhere.
  if (wanted.kind === 'scalar' && typeof wanted.value === 'boolean') {
    const printed = call('json.marshal', value(given(node, 0), cx))
    const body: Body = [
      expression(call('contains', printed, scalar(`${wanted.value}`))),
      { kind: 'binds', term: walked(wanted), names: [path] },
    ]
    return { body, element: local(path) }
  }
  if (wanted.kind === 'scalar' || wanted.kind === 'local')
    return { body: [{ kind: 'binds', term: walked(wanted), names: [path] }], element: local(path) }
  const leaf = fresh('leaf', cx)
  const body: Body = [
    { kind: 'binds', term: walked(local(leaf)), names: [path, leaf] },
    expression(infix(local(leaf), '==', wanted)),
  ]
  return { body, element: local(path) }
}

/** The module of the words that are functions of their own in Rego. */
export const intrinsicsModule = `# Generated from generator/rego/intrinsics.ts; do not edit.

# METADATA
# title: The words of policies/intrinsics.ts that Rego has no built-in for
package policies.intrinsics

# What keyreach.yaml says, where it stands beside the input.
default settings := {}

settings := data.keyreach

# The value, or the fallback where it is null.
coalesce(value, fallback) := fallback if {
	value == null
} else := value

# The first element, null where there is none.
default first(_) := null

first(list) := list[0]

# Whether a list has an element.
includes(list, element) := element in list

# The JSON value of a text, null where it is not JSON. What Wasm reads is not all JSON: it misses
# no comma, and stops after a whole value, so that only where nothing follows do both endings come through.
default parse_json(_) := null

parse_json(text) := value if {
	regex.match(_json, text)
	[value, 0] = json.unmarshal($"[{text},0]")
	[_, 1] = json.unmarshal($"[{text},1]")
}

# Values with one comma or colon between them, whatever the brackets.
_json := \`^[ \\t\\n\\r]*(?:(?:[\\[{][ \\t\\n\\r]*)*(?:"(?:[^"\\\\\\x00-\\x1f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|\\[[ \\t\\n\\r]*\\]|\\{[ \\t\\n\\r]*\\})[ \\t\\n\\r]*(?:[\\]}][ \\t\\n\\r]*)*(?:[,:][ \\t\\n\\r]*|$))+$\`

# A text with its ASCII letters in lower case.
ascii_lower(text) := lower(text) if {
	regex.match(\`^[\\x00-\\x7f]*$\`, text)
} else := strings.replace_n(_lower, text)

_lower := {
	"A": "a", "B": "b", "C": "c", "D": "d", "E": "e", "F": "f", "G": "g", "H": "h", "I": "i",
	"J": "j", "K": "k", "L": "l", "M": "m", "N": "n", "O": "o", "P": "p", "Q": "q", "R": "r",
	"S": "s", "T": "t", "U": "u", "V": "v", "W": "w", "X": "x", "Y": "y", "Z": "z",
}

# An object of keys and values; of values under one key the first.
record(pairs) := {key: value |
	some key in {pair[0] | some pair in pairs}
	value := [pair[1] | some pair in pairs; pair[0] == key][0]
}

# A name in snake case: words begin with capitals.
snake_case(name) := concat("_", [ascii_lower(word[0]) |
	some word in regex.find_all_string_submatch_n(\`[A-Z]+[^A-Z]*|[^A-Z]+\`, name, -1)
])

# Whether a text stands in any text inside a value.
default mentions(_, _) := false

mentions(value, text) if {
	walk(value, [_, leaf])
	is_string(leaf)
	contains(leaf, text)
}

# An address without its instance keys: a token is an instance key, or text to keep.
without_instances(address) := address if {
	not contains(address, "[")
} else := concat("", [token[1] |
	some token in regex.find_all_string_submatch_n(_tokens, address, -1)
])

_tokens := \`\\[(?:[0-9]+|\\*|"(?:[^"\\\\]|\\\\[^\\n\\r\\x{2028}\\x{2029}])*")\\]|([^\\[]+|\\[)\`

# Whether a text matches an IAM pattern: \`*\` is any run of characters, \`?\` any one character.
# Regular expressions are the last resort: Wasm does not survive many hostile ones.
like(pattern, text) if {
	pattern == text
} else := regex.match(_regex(pattern), text) if {
	contains(pattern, "?")
} else := _like(split(pattern, "*"), pattern, text)

default _like(_, _, _) := false

_like([start, end], _, text) if _encloses(start, end, text)

_like([start, middle, end], _, text) if {
	_encloses(start, end, text)
	contains(substring(text, count(start), (count(text) - count(start)) - count(end)), middle)
}

_like(parts, pattern, text) if {
	count(parts) > 3
	startswith(text, parts[0])
	regex.match(_regex(pattern), text)
}

_encloses(start, end, text) if {
	startswith(text, start)
	endswith(text, end)
	count(text) >= count(start) + count(end)
}

_regex(pattern) := concat("", ["(?s)^", strings.replace_n(_escapes, pattern), "$"])

_escapes := {
	"*": ".*", "?": ".", ".": \`\\.\`, "+": \`\\+\`, "^": \`\\^\`, "$": \`\\$\`, "|": \`\\|\`, "(": \`\\(\`, ")": \`\\)\`,
	"[": \`\\[\`, "]": \`\\]\`, "{": \`\\{\`, "}": \`\\}\`, \`\\\`: \`\\\\\`,
}
`
