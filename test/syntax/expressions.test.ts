import { same } from './same'

same(
  'literals',
  `export function f(): Json { return [1, -2, 'a"\\n\\\\{}\`', '\\u2028é😀', true, false, null, [], {}] }`,
)
same(
  'templates',
  `export function f(a: string, n: number, b: boolean): string { return \`{\${a}} \${n} "\${b}" \\\\ \${[a, 'x'].map(s => \`<\${s}>\`).join(', ')}\` }`,
  [
    ['é{', 0, false],
    ['', -1, true],
  ],
)
same('properties', `export function f(x: Item): Json { return [x.name, x.tags, x.tags.length, x.on] }`, [
  [{ name: 'a', tags: ['t'], on: true }],
])
same(
  'elements with a default',
  `export function f(xs: readonly string[], i: number): string { return xs[i] ?? 'none' }`,
  [
    [['a'], 0],
    [['a'], 1],
    [['a'], -1],
    [[], 0],
  ],
)
same(
  'keys with a default',
  `const numbers: { readonly [key: string]: number } = { a: 0 }\nexport function f(o: JsonObject, k: string): Json { return [entry(o, k), entry(o, k) ?? 'none', o['a'] ?? null, entry(numbers, k) ?? 7] }`,
  [
    [{ a: 1 }, 'a'],
    [{ a: null }, 'a'],
    [{}, 'b'],
    [{ b: false }, 'b'],
    [{ a: 0 }, 'a'],
  ],
)
same('null with a default', `export function f(a: string | null): string { return a ?? 'none' }`, [[null], [''], ['a']])
same(
  'optional chains',
  `export function f(x: Item | null): Json { return [x?.name ?? null, x?.owner?.name ?? 'none', x?.owner?.tags[0] ?? 'no tag'] }`,
  [
    [null],
    [{ name: 'a', owner: null }],
    [{ name: 'a', owner: { name: 'b', tags: [] } }],
    [{ name: 'a', owner: { name: 'b', tags: ['t'] } }],
  ],
)
same(
  'defaults of defaults',
  `function own(x: Item): string | null { if (x.on) return x.name\n return null }\nexport function f(x: Item, y: Item | null): string { return own(x) ?? y?.owner?.name ?? own(x) ?? 'none' }`,
  [
    [{ name: 'a', on: true }, null],
    [{ name: 'a', on: false }, null],
    [{ name: 'a', on: false }, { owner: { name: 'o' } }],
  ],
)
same(
  'a costly default',
  `function names(xs: readonly string[]): string { return xs.join(',') }\nexport function f(x: string | null, xs: readonly string[]): string { return x ?? names(xs) }`,
  [
    [null, ['a', 'b']],
    ['x', []],
  ],
)
same(
  'sums',
  `export function f(a: number, b: number): Json { return [a + b * 2 - 1, (a + b) * 2, a - (b - 1), a + 1 < b * 2, -1] }`,
  [
    [1, 2],
    [5, 1],
  ],
)
same(
  'conditions as values',
  `export function f(x: Item, y: number): Json { return [x.on, !x.on, x.on && y > 1, x.on || y > 1, y === 1, !(y === 1), x.tags.includes('a'), !x.tags.includes('a'), x.tags.some(t => t.startsWith('a')), x.tags.every(t => t !== 'a')] }`,
  [
    [{ on: true, tags: ['a'] }, 1],
    [{ on: false, tags: [] }, 2],
    [{ on: false, tags: ['b', 'ab'] }, 1],
  ],
)
same(
  'choices',
  `export function f(x: number): Json { return { a: x > 1 ? 'big' : x > 0 ? 'one' : 'none', b: [x > 1 ? 1 : null] } }`,
  [[2], [1], [0]],
)
same(
  'kinds',
  `export function f(x: Json): Json { return [typeof x === 'string', typeof x === 'number', typeof x !== 'boolean', Array.isArray(x), isObject(x), x === null, x !== null, x === 'a', x !== 1] }`,
  [['a'], [1], [true], [[]], [{}], [null], [''], [0], [false]],
)
same(
  'arrays',
  `export function f(xs: readonly number[], ys: readonly number[]): Json { return [[...xs, 1], [0, ...xs, ...ys, 9], [...xs], [...xs, ...ys], [...xs.map(x => [x]), [1]]] }`,
  [
    [[], []],
    [[1, 2], [3]],
  ],
)
same(
  'objects',
  `export function f(a: JsonObject, b: JsonObject, k: string, n: number): Json {
    return [{ ...a, n }, { ...a, deep: { n } }, { ...a, ...b }, { ...a, deep: b, ...b }, { [k]: n, 'a-b': n, n }, { ...a }]
  }`,
  [
    [{}, {}, 'k', 1],
    [{ deep: { x: 1 }, n: { y: 1 } }, { deep: { z: 1 } }, 'deep', 2],
    [{ deep: 1, n: [1] }, { deep: [1] }, 'n', 3],
  ],
)
same(
  'a key that is a word of Rego',
  `export function f(o: { readonly default: string; readonly 'a-b': number; readonly if: boolean }): Json { return [o.default, o['a-b'], o.if] }`,
  [[{ default: 'd', 'a-b': 1, if: true }]],
)
same(
  'as const, satisfies',
  `const KINDS = ['a', 'b'] as const satisfies readonly string[]\nexport function f(): readonly string[] { return KINDS }`,
)
