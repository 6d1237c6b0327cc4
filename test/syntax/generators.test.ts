import { same } from './same'

const index = `interface Pair { readonly key: string; readonly values: readonly number[] }
const pairs = fact((): readonly Pair[] => (at(input(), ['pairs']) as unknown) as readonly Pair[])
`

same(
  'a fact',
  `const names = fact((): Json => at(input(), ['names']))\nexport function f(): Json { return [names(), names()] }`,
)
same(
  'a fact with branches',
  `const one = fact((): string => {\n  const names = at(input(), ['names'])\n  if (!Array.isArray(names)) return 'none'\n  if (names.length > 100) return 'many'\n  return 'some'\n})\nconst two = fact((): boolean => one() === 'some' && one() !== 'none')\nexport function f(): Json { return [one(), two()] }`,
)
same(
  'an index',
  `${index}const values = index(function* () { for (const pair of pairs()) for (const value of pair.values) yield [pair.key, value] })\nexport function f(key: string): Json { return [values(key), values(key).length, values(key).includes(2), values(key).map(value => value + 1), values(key)[0] ?? null] }`,
  [['x'], ['y'], ['z'], ['constructor']],
)
same(
  'conditions and constants in a generator',
  `${index}const names = index(function* () {
    for (const [i, pair] of pairs().entries()) {
      const first = pair.values[0] ?? null
      if (first === null) continue
      if (first > 2 || i === 2) {
        yield ['big', pair.key]
        yield [pair.key, \`\${i}\`]
      }
      for (const value of pair.values.filter(value => value !== first)) if (value === 3) yield ['rest', \`\${value}\`]
    }
    yield ['always', 'a']
  })
  export function f(key: string): Json { return names(key) }`,
  [['big'], ['x'], ['y'], ['rest'], ['always']],
)
same(
  'text in an index is sorted by code point',
  `const all = index(function* () { for (const name of (at(input(), ['names']) as unknown) as readonly string[]) yield ['all', name] })\nexport function f(): Json { return all('all') }`,
)
same(
  'reachable',
  `const edges = index(function* () { for (const pair of [['a', 'b'], ['b', 'c'], ['c', 'a'], ['d', 'e'], ['e', 'leaf']] as const) yield [pair[0], pair[1]] })\nexport function f(roots: readonly string[]): Json { return reachable(edges, roots) }`,
  [[['a']], [['d', 'a']], [['leaf']], [['none']], [[]]],
)
same('settings', `export function f(): Json { return [at(settings(), ['levels', 'one']), at(settings(), ['none'])] }`)
