import { same } from './same'

const items = [
  { name: 'a', tags: ['x', 'y'], size: 1, on: true, owner: null },
  { name: 'b', tags: [], size: 2, on: false, owner: { name: 'a', tags: ['z'] } },
  { name: 'c', tags: ['x'], size: 3, on: true, owner: { name: 'q', tags: [] } },
]

same(
  'map, filter, flatMap',
  `function isOn(item: Item): boolean { return item.on }
  function label(item: Item): string { return \`<\${item.name}>\` }
  export function f(items: readonly Item[]): Json {
    return [
      items.map(item => item.name),
      items.map(label),
      items.filter(isOn).map(label),
      items.filter(item => item.size > 1 && item.on).map(({ name, size }) => \`\${name}\${size}\`),
      items.filter(item => item.size === 1 || item.size === 3 || item.tags.length === 0).map(item => item.size * 2),
      items.flatMap(item => item.tags),
      items.flatMap(item => item.tags.filter(tag => tag !== 'x').map(tag => [item.name, tag])),
      items.flatMap(item => (item.on ? [item.name] : [])),
      items.flatMap(item => (item.on ? [] : [item.name, 'off'])),
      items.flatMap(item => [item.size, item.size + 1]),
      items.map(item => item.owner).filter(owner => owner !== null).map(owner => owner.name),
      items.map((item, i) => \`\${i}\${item.name}\`),
      items.filter((_, i) => i > 0).map(item => item.name),
      items.map(item => item.tags).flat(),
      items.map(item => ({ ...item, size: 0 })).map(item => item.size),
    ]
  }`,
  [[[]], [items]],
)
same(
  'callbacks with statements',
  `export function f(items: readonly Item[], low: number): Json {
    return items.map(item => {
      const size = item.size * 10
      return size + 1
    }).concat(items.flatMap(item => {
      if (item.size < low) return []
      const [first] = [item.size] as const
      if (item.on) return [first, low]
      return [low]
    }))
  }`,
  [
    [items, 2],
    [items, 0],
    [[], 1],
  ],
)
same(
  'some, every, includes, find',
  `export function f(items: readonly Item[], name: string): Json {
    return [
      items.some(item => item.name === name),
      items.some(item => item.tags.some(tag => tag === name)),
      items.some(item => item.tags.includes(name) && item.on),
      items.every(item => item.size > 0),
      items.every(item => item.tags.every(tag => tag !== name)),
      items.every((item, i) => item.size === i + 1),
      !items.some(item => item.on && item.size === 2),
      !items.every(item => item.on || item.size === 2),
      items.map(item => item.name).includes(name),
      ['a', 'b'].includes(name),
      items.find(item => item.name === name)?.size ?? 0,
      items.find(item => item.name === name) ?? null,
      items.filter(item => item.on).every(item => item.size < 3),
      items.map(item => item.size).some(size => size > 2),
      (items.find((_, i) => i === 1) ?? null)?.owner?.name ?? 'nobody',
    ]
  }`,
  [
    [items, 'a'],
    [items, 'x'],
    [items, 'none'],
    [[], 'a'],
  ],
)
same(
  'some and every in conditions',
  `export function f(items: readonly Item[], name: string): string {
    if (items.length === 0) return 'empty'
    if (items.some(item => item.name === name && item.on)) return 'on'
    if (items.some(item => item.tags.includes(name)) && items.every(item => item.size > 0)) return 'tagged'
    if (!items.some(item => item.name === name)) return 'missing'
    return items.filter(item => items.some(other => other.name === item.owner?.name)).map(item => item.name).join(',')
  }`,
  [
    [items, 'a'],
    [items, 'x'],
    [items, 'b'],
    [items, 'none'],
    [[], 'a'],
  ],
)
same(
  'a condition that holds more than once adds nothing',
  `export function f(xs: readonly number[], ys: readonly number[]): readonly number[] { return xs.filter(x => ys.some(y => y > x)) }`,
  [
    [
      [1, 2, 3],
      [2, 3, 4],
    ],
    [[1], []],
  ],
)
same(
  'join, slice, concat, length',
  `export function f(xs: readonly string[]): Json { return [xs.join('-'), xs.slice(1), xs.slice(0, 2), xs.slice(1, 1), xs.slice(2, 1), xs.slice(9), xs.concat(['z']), xs.length, xs.slice(0, 2).join('')] }`,
  [[[]], [['a']], [['a', 'b', 'c']]],
)
same(
  'texts',
  `export function f(s: string): Json { return [s.startsWith('a'), s.endsWith('a'), s.includes('b'), s.split('/'), s.replaceAll('a', '$1x'), s.replaceAll(\`/\${s}\`, ''), s.startsWith(''), s === '', s !== 'a'] }`,
  [['a'], [''], ['ab/cba/'], ['é😀a']],
)
same(
  'expressions that match',
  `export function f(s: string): Json { return [/^[a-z0-9-]+$/u.test(s), /^a.*b$/su.test(s), /(x|yz){2}/u.test(s), /^arn:[^:]*:iam::[0-9]{12}:role\\/.+$/su.test(s), /\\$\\{/u.test(s), /[^a-z]/u.test(s)] }`,
  [['a'], ['a\nb'], ['xyz'], ['arn:aws:iam::111122223333:role/a'], ['${'], ['😀'], ['']],
)
