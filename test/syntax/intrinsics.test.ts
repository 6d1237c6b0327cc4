import fc from 'fast-check'
import { same } from './same'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

/** Runs a word on generated arguments; the seed is in the name, so that a failure can be had again: SEED=… jest. */
function parity<T extends readonly unknown[]>(
  name: string,
  source: string,
  args: fc.Arbitrary<T>,
  own: readonly T[] = [],
): void {
  same(`${name} (seed ${seed})`, source, [...own, ...fc.sample(args, { seed, numRuns: 150 })])
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'é', '😀', 'ſ', 'İ', '.', '\n', '\\', '$', '{', '[') })
const pattern = fc.string({
  unit: fc.constantFrom('a', 'b', 'A', 'é', '😀', '*', '*', '?', '.', '\n', '[', '(', '$', '\\', '{'),
})
const step = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '0', '1', 'length', 'constructor', '__proto__'),
  fc.integer({ min: -1, max: 3 }),
)
const tree = fc.letrec(tie => ({
  node: fc.oneof(
    fc.constantFrom(null, 0, 1, '', 'a', true),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '0'), tie('node'), { maxKeys: 3 }),
  ),
})).node

parity(
  'like',
  `export function f(pattern: string, value: string): boolean { return like(pattern, value) }`,
  fc.tuple(pattern, text),
  [
    ['*', ''],
    ['kms:*', 'kms:Decrypt'],
    ['kms:Re*Encrypt*', 'kms:ReEncryptFrom'],
    ['a*a', 'a'],
    ['a*b*a', 'aba'],
    ['a*b*c*d', 'a-b-c-d'],
    ['a*b*c*d', 'a-c-b-d'],
    ['?', '😀'],
    ['${aws:username}*', '${aws:username}1'],
  ],
)
parity(
  'lower',
  `export function f(text: string): string { return lower(text) }`,
  fc.tuple(fc.oneof(text, fc.string({ unit: 'binary' }))),
  [['kms:ReEncrypt*'], ['ÀİẞΣ']],
)
parity(
  'parseJson',
  `export function f(text: string): Json { return parseJson(text) }`,
  fc.tuple(
    fc.oneof(
      tree.map(value => JSON.stringify(value)),
      fc.string(),
      fc.constantFrom(
        '',
        ' 1 ',
        '{"a":1,"a":2}',
        '[1,]',
        '01',
        '1 2',
        'nul',
        '"\\ud83d\\ude00"',
        '{"a"}',
        '\u00a01',
        '\ufeff{}',
        "{'a':1}",
        '+1',
        '.5',
        '"\t"',
        '"\\x"',
      ),
    ),
  ),
)
parity('isObject', `export function f(value: Json): boolean { return isObject(value) }`, fc.tuple(tree))
parity(
  'keys',
  `export function f(object: JsonObject): Json { return keys(object) }`,
  fc.tuple(
    fc.dictionary(
      fc.oneof(text, fc.string({ unit: 'binary' })).filter(key => key !== '__proto__'),
      fc.constant(1),
    ),
  ),
)
parity(
  'distinct',
  `export function f(values: readonly string[]): Json { return distinct(values) }`,
  fc.tuple(fc.array(text)),
)
parity(
  'distinct numbers',
  `export function f(values: readonly number[]): Json { return distinct(values) }`,
  fc.tuple(fc.array(fc.integer({ min: -20, max: 20 }))),
)
parity(
  'sorted',
  `export function f(values: readonly string[]): Json { return sorted(values) }`,
  fc.tuple(fc.array(fc.oneof(text, fc.string({ unit: 'binary' })))),
)
parity(
  'at',
  `export function f(value: Json, path: readonly (string | number)[], key: string): Json { return [at(value, path), at(value, [key]), at(value, ['a', 0, key])] }`,
  fc.tuple(tree, fc.array(step, { maxLength: 3 }), fc.constantFrom('a', 'b', '0')),
)
parity(
  'leaves',
  `export function f(value: Json, wanted: string | number | boolean): Json { return [sorted(leaves(value, wanted).map(path => path.map(step => \`\${step}\`).join('/'))), leaves(value, wanted).length, leaves(value, wanted).some(path => path.length === 0)] }`,
  fc.tuple(tree, fc.constantFrom(0, 1, '', 'a', true)),
)
parity(
  'mentions',
  `export function f(value: Json, text: string): boolean { return mentions(value, text) }`,
  fc.tuple(tree, fc.constantFrom('a', 'b', '', '1', 'null')),
)
parity(
  'withoutInstances',
  `export function f(address: string): string { return withoutInstances(address) }`,
  fc.tuple(
    fc
      .array(
        fc.constantFrom(
          'module',
          '.',
          'a',
          '[0]',
          '[*]',
          '["x"]',
          '[',
          ']',
          '"',
          '\\"',
          '["a\\"]b"]',
          '12',
          '["é"]',
          '["x[0]"]',
        ),
      )
      .map(parts => parts.join('')),
  ),
  [['module.a["x[0].y"].aws_kms_key.b[0]']],
)
parity(
  'record',
  `export function f(pairs: readonly (readonly [string, Json])[]): Json { return record(pairs) }`,
  fc.tuple(fc.array(fc.tuple(fc.constantFrom('a', 'b', '', 'é', 'constructor'), tree), { maxLength: 5 })),
)
parity('snakeCase', `export function f(name: string): string { return snakeCase(name) }`, fc.tuple(text), [
  ['kmsKeyId'],
  ['customKeyStoreID'],
  ['ARN'],
  ['amiIDs'],
])
parity(
  'entry',
  `export function f(object: JsonObject, key: string): Json { return [entry(object, key), entry(object, key) ?? 'none'] }`,
  fc.tuple(
    fc.dictionary(fc.constantFrom('a', 'b', 'c', ''), tree),
    fc.constantFrom('a', 'b', '', 'constructor', '__proto__', 'toString'),
  ),
)
