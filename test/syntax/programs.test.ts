import { same } from './same'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const programs = Number(process.env.PROGRAMS ?? 60)

/** The names that an expression may use, by the type of what they hold. */
type Scope = { readonly [T in Type]: readonly string[] }
type Type = 'number' | 'text' | 'truth' | 'numbers' | 'texts' | 'item' | 'items' | 'nullable'

const parameters: Scope = {
  number: ['a', 'b'],
  text: ['s'],
  truth: ['q'],
  numbers: ['xs'],
  texts: ['ys'],
  item: ['item'],
  items: ['items'],
  nullable: ['own(t)'],
}

const item = (name: string, size: number, tags: readonly string[], owner: unknown = null): unknown => ({
  name,
  size,
  tags,
  on: size > 1,
  owner,
})
const one = item('a', 1, ['a', 'b'])
const two = item('b', 2, [], one)
const calls = [
  [1, 2, 'a', true, [1, 2, 3], ['a', 'b'], one, [one, two], null],
  [0, -1, '', false, [], [], two, [], 'b'],
  [3, 3, 'b-a', true, [2, 2], ['', 'b'], item('c', 3, ['c'], two), [two, item('a', 0, ['b'])], ''],
]

/** Numbers that look random and are the same for the same seed (mulberry32). */
function dice(start: number): (sides: number) => number {
  let state = start
  return sides => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

/** A function of the language that type-checks, whatever it means. */
function program(roll: (sides: number) => number): string {
  const pick = <T>(choices: readonly T[]): T => choices[roll(choices.length)] as T
  const make = (type: Type, depth: number, scope: Scope): string =>
    depth <= 0 ? leaf(type, scope) : pick(forms[type])(depth - 1, scope)
  const leaf = (type: Type, scope: Scope): string =>
    roll(4) > 0 && type !== 'nullable' ? pick(scope[type]) : pick([...literals[type], ...scope[type]])
  const literals: Scope = {
    number: ['0', '1', '-2'],
    text: [`'a'`, `''`, `'b-'`],
    truth: ['true', 'q'],
    numbers: ['[1, 2]', 'xs'],
    texts: [`(['a', 'c'] as readonly string[])`, 'ys'],
    item: ['item'],
    items: ['items', '[item]'],
    nullable: ['own(t)', 'own(item.owner?.name ?? null)'],
  }
  const under = (scope: Scope, type: Type, name: string): Scope => {
    const others = Object.fromEntries(
      Object.entries(scope).map(([key, names]) => [key, names.filter(other => other !== name)]),
    ) as unknown as Scope
    const safe = Object.fromEntries(
      Object.entries(others).map(([key, names]) => [key, names.length > 0 ? names : literals[key as Type].slice(0, 1)]),
    ) as unknown as Scope
    return { ...safe, [type]: [...safe[type], name] }
  }
  const lambda = (from: Type, to: Type, depth: number, scope: Scope): string => {
    const name = pick(['x', 'y', 'each'])
    return `${name} => ${make(to, depth, under(scope, from, name))}`
  }
  const choice =
    (type: Type) =>
    (depth: number, scope: Scope): string =>
      `(${make('truth', depth, scope)} ? ${make(type, depth, scope)} : ${make(type, depth, scope)})`
  const forms: { readonly [T in Type]: readonly ((depth: number, scope: Scope) => string)[] } = {
    number: [
      (d, s) => `(${make('number', d, s)} ${pick(['+', '-', '*'])} ${make('number', d, s)})`,
      (d, s) => `(${make('numbers', d, s)}[${make('number', d, s)}] ?? ${make('number', d, s)})`,
      (d, s) => `${make(pick(['numbers', 'texts', 'items']), d, s)}.length`,
      (d, s) => `${make('item', d, s)}.size`,
      (d, s) => `(${make('items', d, s)}.find(${lambda('item', 'truth', d, s)})?.size ?? ${make('number', d, s)})`,
      choice('number'),
    ],
    text: [
      (d, s) => `\`\${${make('text', d, s)}}-\${${make('number', d, s)}}\``,
      (d, s) => `${make('texts', d, s)}.join('-')`,
      (d, s) => `(${make('nullable', d, s)} ?? ${make('text', d, s)})`,
      (d, s) => `(${make('texts', d, s)}[${make('number', d, s)}] ?? ${make('text', d, s)})`,
      (d, s) => `${make('item', d, s)}.name`,
      (d, s) => `${make('text', d, s)}.replaceAll('a', 'b')`,
      choice('text'),
    ],
    truth: [
      (d, s) => `(${make('truth', d, s)} && ${make('truth', d, s)})`,
      (d, s) => `(${make('truth', d, s)} || ${make('truth', d, s)})`,
      (d, s) => `!${make('truth', d, s)}`,
      (d, s) => `(${make('number', d, s)} ${pick(['<', '<=', '>', '>='])} ${make('number', d, s)})`,
      (d, s) => `((${make('text', d, s)} as string) ${pick(['===', '!=='])} ${make('text', d, s)})`,
      (d, s) => `(${make('nullable', d, s)} === null)`,
      (d, s) => `${make('texts', d, s)}.includes(${make('text', d, s)})`,
      (d, s) => `${make('numbers', d, s)}.${pick(['some', 'every'])}(${lambda('number', 'truth', d, s)})`,
      (d, s) => `${make('items', d, s)}.${pick(['some', 'every'])}(${lambda('item', 'truth', d, s)})`,
      (d, s) => `${make('text', d, s)}.startsWith(${make('text', d, s)})`,
      (d, s) => `${make('item', d, s)}.on`,
      choice('truth'),
    ],
    numbers: [
      (d, s) => `${make('numbers', d, s)}.map(${lambda('number', 'number', d, s)})`,
      (d, s) => `${make('numbers', d, s)}.filter(${lambda('number', 'truth', d, s)})`,
      (d, s) => `${make('items', d, s)}.flatMap(${lambda('item', 'numbers', d, s)})`,
      (d, s) => `${make('numbers', d, s)}.flatMap(${lambda('number', 'numbers', d, s)})`,
      (d, s) => `[...${make('numbers', d, s)}, ${make('number', d, s)}]`,
      (d, s) => `${make('numbers', d, s)}.slice(${pick(['0', '1', '0, 1'])})`,
      (d, s) => `${make('items', d, s)}.map(${lambda('item', 'number', d, s)})`,
      choice('numbers'),
    ],
    texts: [
      (d, s) => `${make('items', d, s)}.map(${lambda('item', 'text', d, s)})`,
      (d, s) => `${make('texts', d, s)}.filter(${lambda('text', 'truth', d, s)})`,
      (d, s) => `${make('items', d, s)}.flatMap(${lambda('item', 'texts', d, s)})`,
      (d, s) => `${make('item', d, s)}.tags`,
      (d, s) => `distinct(${make('texts', d, s)})`,
      (d, s) => `${make('texts', d, s)}.flatMap(x => (${make('truth', d, under(s, 'text', 'x'))} ? [x] : []))`,
      (d, s) => `${make('text', d, s)}.split('-')`,
      choice('texts'),
    ],
    item: [
      (_, s) => leaf('item', s),
      (d, s) => `({ ...${make('item', d, s)}, size: ${make('number', d, s)} })`,
      choice('item'),
    ],
    items: [
      (_, s) => leaf('items', s),
      (d, s) => `${make('items', d, s)}.filter(${lambda('item', 'truth', d, s)})`,
      (d, s) => `${make('items', d, s)}.map(${lambda('item', 'item', d, s)})`,
    ],
    nullable: [
      (_, s) => leaf('nullable', s),
      (d, s) => `own(${make('item', d, s)}.owner?.name ?? null)`,
      choice('nullable'),
    ],
  }
  const result = (scope: Scope): string =>
    `[${(['number', 'text', 'truth', 'numbers', 'texts'] as const).map(type => make(type, 2, scope)).join(', ')}]`
  const type = pick(['number', 'text', 'truth', 'numbers', 'texts'] as const)
  const inner: Scope = { ...parameters, [type]: [...parameters[type], 'held'] }
  return `export function f(a: number, b: number, s: string, q: boolean, xs: readonly number[], ys: readonly string[], item: Item, items: readonly Item[], t: string | null): Json {
    if (${make('truth', 2, parameters)}) return ${make('texts', 2, parameters)}
    const held = ${make(type, 3, parameters)}
    if (${make('truth', 2, inner)}) {
      const more = ${make('numbers', 2, inner)}
      if (${make('truth', 2, { ...inner, numbers: [...inner.numbers, 'more'] })}) return more
    }
    return ${result(inner)}
  }
/** Tells nothing of what it is given. */
  function own(t: string | null): string | null { return t }`
}

const roll = dice(seed)
for (let i = 0; i < programs; i++) same(`program ${i} (seed ${seed})`, program(roll), calls)
