import { same } from './same'

same('an expression', `export function f(x: number): number { return x + 1 }`, [[1], [-3]])
same(
  'early return',
  `export function f(x: number): string {
    if (x === 22) return 'ssh'
    if (x < 1024) return 'privileged'
    return 'user'
  }`,
  [[22], [80], [8080]],
)
same(
  'falling through',
  `export function f(x: number, y: string): string {
    if (x > 0) {
      const big = x > 10
      if (big) return 'big'
      if (y === 'small') {
        const z = x + 1
        return \`\${z}\`
      }
    }
    return y
  }`,
  [
    [20, 'a'],
    [5, 'small'],
    [5, 'b'],
    [-1, 'small'],
  ],
)
same(
  'a value that two branches need',
  `function dear(x: number): number { return x * 2 }
  export function f(x: number): number {
    if (x === 0) return 0
    const double = dear(x)
    const more = double + 1
    if (double > 10) return double
    return more
  }`,
  [[0], [4], [6]],
)
same(
  'a value that two branches inside a block need',
  `function dear(xs: readonly number[]): readonly number[] { return xs.map(x => x * 2) }
  export function f(xs: readonly number[]): readonly number[] {
    if (xs.length > 1) {
      const doubled = dear(xs)
      if (doubled.includes(4)) return doubled
      return [...doubled, 0]
    }
    return []
  }`,
  [[[]], [[1, 2]], [[3, 4]]],
)
same(
  'true or false',
  `export function f(x: number, y: boolean): boolean {
    if (x === 0) return false
    if (y) return true
    return x > 5 || x < -5
  }`,
  [
    [0, true],
    [1, true],
    [6, false],
    [-6, false],
    [1, false],
  ],
)
same(
  'true or false, with a costly guard',
  `function odd(x: number): boolean { return [1, 3, 5].includes(x) }
  export function f(x: number, y: number): boolean {
    if (odd(x) && odd(y)) return false
    if (odd(x)) return y > 2
    return odd(y)
  }`,
  [
    [1, 1],
    [1, 2],
    [1, 4],
    [2, 3],
    [2, 2],
  ],
)
same('true or false of one comparison', `export function f(x: number): boolean { return x === 3 }`, [[3], [4]])
same(
  'a constant, an unused parameter',
  `const TABLE = { a: 1, b: [2] } as const\nexport function f(_x: number): JsonObject { return TABLE }`,
  [[1]],
)
same('no parameters', `export function f(): number { return 3 }`)
same(
  'a parameter that is a pattern',
  `export function f({ name, size }: Item): string { return \`\${name} \${size}\` }`,
  [[{ name: 'a', size: 1 }]],
)
same(
  'constants that are patterns',
  `export function f(item: Item): string {
    const { name, tags } = item
    const pair = ['a', name] as const
    const [first, second] = pair
    return [first, second, ...tags].join(' ')
  }`,
  [[{ name: 'a', tags: ['t'] }]],
)
same(
  'names that Rego has taken',
  `export function f(count: number, input: string, not: boolean, object: JsonObject): JsonObject { return { count, input, not, object } }`,
  [[1, 'a', true, {}]],
)
same(
  'an inner name like an outer one',
  `export function f(x: Item): readonly string[] { return x.tags.map(x => [x].map(x => \`\${x}!\`).join('')) }`,
  [[{ tags: ['a', 'b'] }]],
)
