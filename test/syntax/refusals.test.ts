import { codes } from '../../generator/diagnostics'
import { refused, refuses } from './same'

refuses('else-branch', `export function f(x: number): number { if (x > 1) return 1\n else /*here*/return 2 }`)
refuses('impure-import', `import { readFileSync } from /*here*/'node:fs'\nexport const f = 1`)
refuses('inherited-key', `export function f(o: JsonObject): Json { return o[/*here*/'constructor'] ?? null }`)
refuses('inherited-key', `export function f(o: JsonObject, k: string): Json { return o[/*here*/k] ?? null }`)
refuses('mutation', `export function f(xs: string[]): number { /*here*/xs.push('a')\n return 1 }`)
refuses('mutation', `export function f(): number { /*here*/let x = 1\n return x }`)
refuses('mutation', `export function f(): number { let x = 1\n x = 2\n x++\n return x }`)
refuses('mutation', `export let f = 1`)
refuses('non-boolean-condition', `export function f(s: string): number { if (/*here*/s) return 1\n return 2 }`)
refuses(
  'non-boolean-condition',
  `export function f(s: string | null): boolean { return /*here*/s && true ? true : false }`,
)
refuses(
  'non-boolean-condition',
  `export function f(xs: readonly string[]): readonly string[] { return xs.filter(x => /*here*/x.split('a').length) }`,
)
refuses('order-dependence', `export function f(o: Json): Json { return [/*here*/leaves(o, 'a')] }`)
refuses('order-dependence', `export function f(o: Json): Json { return leaves(o, 'a').map(path => path.length) }`)
refuses(
  'partly-a-list',
  `export function f(xs: readonly (string | null)[]): Json { return xs.flatMap(/*here*/x => x ?? []) }`,
)
refuses('recursion', `export function f(x: number): number { if (x === 0) return 0\n return /*here*/f(x - 1) }`)
refuses(
  'recursion',
  `function g(x: number): number { return f(x) }\nexport function f(x: number): number { return g(x) }`,
)
refuses(
  'recursion',
  `const a = fact((): Json => b())\nconst b = fact((): Json => [a()])\nexport function f(): Json { return a() }`,
)
refuses('reference-equality', `export function f(a: JsonObject, b: JsonObject): boolean { return /*here*/a === b }`)
refuses(
  'reference-equality',
  `export function f(xs: readonly JsonObject[], b: JsonObject): boolean { return /*here*/xs.includes(b) }`,
)
refuses('regex-dialect', `export function f(s: string): boolean { return /*here*//a(?=b)/u.test(s) }`)
refuses('regex-dialect', `export function f(s: string): boolean { return /(a)\\\\1/u.test(s) }`)
refuses('regex-dialect', `export function f(s: string): boolean { return /a.b/u.test(s) }`)
refuses('regex-dialect', `export function f(s: string): boolean { return /\\\\s/u.test(s) }`)
refuses('regex-dialect', `export function f(s: string): boolean { return /a/i.test(s) }`)
refuses('replacement-pattern', `export function f(s: string): string { return s.replaceAll('a', /*here*/'$&') }`)
refuses('static-text', `export function f(s: string, t: string): readonly string[] { return /*here*/s.split(t) }`)
refuses('static-text', `export function f(s: string): readonly string[] { return s.split('') }`)
refuses('static-text', `export function f(s: string, t: string): string { return s.replaceAll('a', /*here*/t) }`)
refuses('string-length', `export function f(s: string): number { return /*here*/s.length }`)
refuses('string-length', `export function f(s: string): string { return s[0] ?? '' }`)
refuses('string-order', `export function f(a: string, b: string): boolean { return /*here*/a < b }`)
refuses('text-addition', `export function f(a: string): string { return /*here*/a + 'b' }`)
refuses('text-hole', `export function f(a: readonly string[]): string { return \`\${/*here*/a}\` }`)
refuses(
  'type-assertion',
  `import { rule } from '../lang/rule'\nexport default rule({ *situations() { yield { at: /*here*/at(input(), ['x']) as string } }, requirements: () => [] })`,
)
refuses('undefined-value', `export function f(xs: readonly string[]): string { return /*here*/xs[0] as string }`)
refuses('undefined-value', `export function f(x: Item | null): boolean { return /*here*/(x?.owner) === null }`)
refuses('undefined-value', `export function f(): Json { return [/*here*/undefined as unknown as Json] }`)
refuses('undefined-value', `export function f(s: string): string { const [first] = s.split('a')\n return first ?? '' }`)
refuses(
  'undefined-value',
  `export function f(xs: readonly string[]): string { return /*here*/xs.find(x => x === 'a') as string }`,
)
refuses('unequal-numbers', `export function f(): number { return /*here*/0.1 }`)
refuses('unequal-numbers', `export function f(): number { return 9007199254740993 }`)
refuses(
  'unknown-condition',
  `type Unknown = { readonly unknown: string; readonly candidates: readonly string[] }\nimport { rule } from '../lang/rule'\nfunction g(a: string | Unknown): boolean { return /*here*/a === 'x' }\nexport default rule({ *situations() { if (g('a')) yield { at: 'x' } }, requirements: () => [] })`,
)
refuses('unsupported-call', `export function f(s: string): string { return /*here*/s.toLowerCase() }`)
refuses(
  'unsupported-call',
  `export function f(xs: readonly string[]): string { return /*here*/Object.keys(xs).join('') }`,
)
refuses(
  'unsupported-call',
  `export function f(xs: readonly number[]): readonly number[] { return /*here*/xs.slice(-1) }`,
)
refuses(
  'unsupported-call',
  `export function f(xs: readonly number[]): number { return /*here*/xs.reduce((a, b) => a + b, 0) }`,
)
refuses('unsupported-call', `export function f(xs: readonly number[]): string { return /*here*/xs.join(',') }`)
refuses('unsupported-call', `export function f(s: string): boolean { return /*here*/s.startsWith('a', 1) }`)
refuses(
  'unsupported-syntax',
  `export function f(xs: readonly number[]): number { /*here*/for (const x of xs) if (x > 1) return x\n return 0 }`,
)
refuses(
  'unsupported-syntax',
  `export function f(x: number): number { /*here*/switch (x) { case 1: return 2 }\n return 0 }`,
)
refuses('unsupported-syntax', `export function f(x: number): number { /*here*/while (x > 1) return 1\n return 0 }`)
refuses('unsupported-syntax', `export function f(x: number): number { /*here*/try { return x } catch { return 1 } }`)
refuses('unsupported-syntax', `export function f(): number { /*here*/throw new Error('x') }`)
refuses('unsupported-syntax', `/*here*/class A {}\nexport const f = 1`)
refuses('unsupported-syntax', `export function f(): Json { return /*here*/new Date() as unknown as Json }`)
refuses('unsupported-syntax', `export function f(x: number): number { return x /*here*// 2 }`)
refuses('unsupported-syntax', `export function f(x: number | null): number { return /*here*/x! }`)
refuses('unsupported-syntax', `export function f(): Json { const g = /*here*/(x: number): number => x\n return [1] }`)
refuses('unsupported-syntax', `export function f(/*here*/x = 1): number { return x }`)
refuses('unsupported-syntax', `export function f(x: Item): string { const { name = 'a' } = x\n return name }`)
refuses('unsupported-syntax', `export function f(x: object): boolean { return /*here*/typeof x === 'object' }`)
refuses(
  'unsupported-syntax',
  `const all = index(function* () { yield /*here*/'a' as unknown as [string, string] })\nexport function f(): Json { return all('a') }`,
)
refuses(
  'unsupported-syntax',
  `export function f(x: JsonObject): Json { return { /*here*/get a() { return x } } as unknown as Json }`,
)
refuses('unsupported-syntax', `export function f(x: number): boolean { return x /*here*/== 1 }`)

refuses('unsupported-syntax', `export function f(s: string): readonly string[] { return [.../*here*/s] }`)
refuses('unsupported-syntax', `export function f(x: JsonObject | null): Json { return { .../*here*/x } }`)

test('every refusal is met', () => {
  expect(codes.filter(code => !refused.has(code))).toEqual([])
})
