/**
 * The words that exist in both languages: implemented here for JavaScript, in `generator/rego/intrinsics.ts` for Rego.
 * This is the one file under `policies` that is not compiled; each word is tested on every engine by `test/syntax/intrinsics.test.ts`.
 */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

interface Evaluation {
  readonly input: Json
  readonly settings: JsonObject
}

let current: Evaluation = { input: null, settings: {} }

/** Runs `evaluate` with `input` as the world and `settings` as `data.keyreach`; facts live as long as the run. */
export function evaluateWith<T>(world: Evaluation, evaluate: () => T): T {
  const outer = current
  current = world
  try {
    return evaluate()
  } finally {
    current = outer
  }
}

/** What is judged: a plan, conftest's `--combine` array, or a world. In Rego: `input`. */
export function input(): Json {
  return current.input
}

/** The contents of keyreach.yaml where they come beside the input. In Rego: `data.keyreach`, `{}` when absent. */
export function settings(): JsonObject {
  return current.settings
}

/** A value computed once per input. In Rego: a complete rule. */
export function fact<T>(compute: () => T): () => T {
  let seen: Evaluation | null = null
  let value: T
  return () => {
    if (seen !== current) {
      value = compute()
      seen = current
    }
    return value
  }
}

/**
 * A function of one JSON value whose results are remembered as long as the input is judged.
 * In Rego: a function, whose results OPA remembers by itself.
 */
export function remembered<A, T>(compute: (argument: A) => T): (argument: A) => T {
  const results = fact(() => ({ values: new Map<unknown, T>(), objects: new WeakMap<object, T>() }))
  return argument => {
    const { values, objects } = results()
    if (typeof argument !== 'object' || argument === null) return recalled(values, argument, () => compute(argument))
    // Most objects are asked about more than once: writing one down as text is left to the first time.
    return recalled(objects, argument, () => recalled(values, JSON.stringify(argument), () => compute(argument)))
  }
}

interface Results<K, T> {
  get(key: K): T | undefined
  set(key: K, value: T): unknown
}

function recalled<K, T>(results: Results<K, T>, key: K, compute: () => T): T {
  const seen = results.get(key)
  if (seen !== undefined) return seen
  const value = compute()
  results.set(key, value)
  return value
}

/**
 * A multimap computed once per input: `yield [key, value]` adds, calling it with a key gives that key's values, sorted, without duplicates.
 * In Rego: `name[key] contains value if { … }`, read with `object.get(name, key, set())`.
 */
export function index<V extends string | number>(
  generate: () => Iterable<readonly [string, V]>,
): (key: string) => readonly V[] {
  const table = fact(() => {
    const groups = new Map<string, Set<V>>()
    for (const [key, value] of generate()) {
      const group = groups.get(key)
      if (group) group.add(value)
      else groups.set(key, new Set([value]))
    }
    return new Map([...groups].map(([key, values]) => [key, sorted([...values])]))
  })
  return key => table().get(key) ?? []
}

/**
 * Whether `value` matches an IAM pattern: `*` is any run of characters, `?` any one character (code point), all else is itself.
 * Linear in pattern × value, without backtracking beyond the last `*`.
 */
export function like(pattern: string, value: string): boolean {
  if (!pattern.includes('?')) {
    const star = pattern.indexOf('*')
    if (star < 0) return pattern === value
    if (star === pattern.length - 1) return value.startsWith(pattern.slice(0, star))
  }
  const p = [...pattern]
  const v = [...value]
  let star = -1
  let mark = 0
  let i = 0
  let j = 0
  while (j < v.length) {
    if (i < p.length && p[i] === '*') {
      star = i++
      mark = j
    } else if (i < p.length && (p[i] === '?' || p[i] === v[j])) {
      i++
      j++
    } else if (star >= 0) {
      i = star + 1
      j = ++mark
    } else return false
  }
  while (p[i] === '*') i++
  return i === p.length
}

/** `text` in lower case; ASCII letters only, so that every engine agrees. */
export function lower(text: string): string {
  if (!/[A-Z]/.test(text)) return text
  if (/^[ -~]*$/.test(text)) return text.toLowerCase()
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

/** The JSON value that `text` holds, or null where it is not JSON. */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

/** Whether a JSON value is an object (neither null nor an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The keys of an object, sorted by code point. */
export function keys(object: { readonly [key: string]: unknown }): readonly string[] {
  return sorted(Object.keys(object))
}

/** What stands under a key of an object, or null: `object[key]` would find `constructor` in every object. In Rego: `object.get`. */
export function entry<V>(object: { readonly [key: string]: V }, key: string): V | null {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null
}

/** An object of keys and values; of values under one key the first. In Rego: a comprehension. */
export function record<V>(pairs: readonly (readonly [string, V])[]): { readonly [key: string]: V } {
  return Object.fromEntries([...pairs].reverse())
}

/** A name in snake case: `kmsKeyId`, `kmsKeyID` → `kms_key_id`. */
export function snakeCase(name: string): string {
  return (name.match(/[A-Z]+[^A-Z]*|[^A-Z]+/gu) ?? []).map(lower).join('_')
}

/** The different values of a list of strings or numbers, sorted. */
export function distinct<V extends string | number>(values: readonly V[]): readonly V[] {
  return sorted([...new Set(values)])
}

/** A list of strings (by code point) or numbers, sorted. */
export function sorted<V extends string | number>(values: readonly V[]): readonly V[] {
  if (values.length < 2) return values
  // Where all is plain ASCII, as nearly always, JavaScript's own order is that of code points, and sooner had.
  if (values.every(isPlain)) return [...values].sort()
  return [...values].sort((a, b) =>
    typeof a === 'string' && typeof b === 'string' ? byCodePoint(a, b) : Number(a) - Number(b),
  )
}

/** What stands at `path` (keys and indexes) inside a JSON value, or null where nothing does. */
export function at(value: Json, path: readonly (string | number)[]): Json {
  let here: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here[step]
    else if (isObject(here) && typeof step === 'string') here = Object.hasOwn(here, step) ? here[step] : undefined
    else return null
    if (here === undefined) return null
  }
  return here
}

/** Where inside `value` (arrays and objects nested to any depth) the scalar `wanted` stands: the paths, as a set in no order. */
export function leaves(value: Json, wanted: string | number | boolean): readonly (readonly (string | number)[])[] {
  return stands(value, wanted) ? paths(value, wanted) : []
}

function stands(value: Json, wanted: string | number | boolean): boolean {
  if (typeof value !== 'object' || value === null) return value === wanted
  for (const key in value) if (stands((value as JsonObject)[key] ?? null, wanted)) return true
  return false
}

function paths(value: Json, wanted: string | number | boolean): readonly (readonly (string | number)[])[] {
  if (value === wanted) return [[]]
  if (Array.isArray(value)) return value.flatMap((item, i) => paths(item, wanted).map(path => [i, ...path]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => paths(item, wanted).map(path => [key, ...path]))
}

/** Whether a text stands in any text inside `value` (not in the keys of objects). */
export function mentions(value: Json, text: string): boolean {
  if (typeof value === 'string') return value.includes(text)
  if (Array.isArray(value)) return value.some(item => mentions(item, text))
  return isObject(value) && Object.values(value).some(item => mentions(item, text))
}

/** An address without its instance keys, known or not: `module.a["x"].aws_kms_key.b[0]` → `module.a.aws_kms_key.b`. */
export function withoutInstances(address: string): string {
  return address.replace(/\[(?:[0-9]+|\*|"(?:[^"\\]|\\.)*")\]/gu, '')
}

/**
 * The nodes that can be reached from `roots` along `edges`, an `index`; a node without edges is not counted. Sorted.
 * In Rego: `graph.reachable`.
 */
export function reachable(edges: (node: string) => readonly string[], roots: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const next = edges(node)
    if (next.length === 0 || seen.has(node)) continue
    seen.add(node)
    waiting.push(...next)
  }
  return sorted([...seen])
}

/** Orders texts by code point, as Rego does; JavaScript's own order differs outside the basic plane. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    // A surrogate stands for a code point above all that one unit can hold.
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

function isPlain(value: string | number): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII
  return typeof value === 'string' && /^[\x00-\x7f]*$/.test(value)
}
