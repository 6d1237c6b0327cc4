import { App, TerraformOutput, TerraformStack } from 'cdktf'
import type { Json, JsonObject } from '../../policies/intrinsics'
import type { Given, PlainModule } from './specimen'

/** What a construct makes of a specimen without some of its optional values. */
export interface Run {
  /** What is left out, by path: `consumers.[].autoScaling`. */
  readonly omitted: readonly string[]
  readonly resources: readonly { readonly type: string; readonly name: string; readonly body: JsonObject }[]
  readonly outputs: JsonObject
}

/** A change of a specimen that the construct refuses. */
export interface Refusal {
  readonly kind: 'shape' | 'least' | 'most' | 'above' | 'empty' | 'twice' | 'same' | 'foreign' | 'omitted'
  readonly path: string
  /** The expression that a text has to match, the bound of a number, the path of what it may not be the same as. */
  readonly detail: string | number
  /** What is optional, and if left out makes the construct take it. */
  readonly unless: readonly string[]
  readonly message: string
}

export interface Shown {
  readonly construct: string
  readonly describedBy: { readonly [variable: string]: string }
  readonly specimen: JsonObject
  readonly runs: readonly Run[]
  readonly refusals: readonly Refusal[]
}

/** All that the generator has to know of a module, by running its construct. */
export function show<S>(module: PlainModule<S>): Shown {
  const specimen = module.specimen as unknown as JsonObject
  const runs: Run[] = []
  const refusals: Refusal[] = []
  for (const omitted of omissionsOf(optionalsOf(specimen, []))) {
    const run = attempt(() => runOf(module, omitted))
    if (!('message' in run)) runs.push(run)
    else if (!refusals.some(({ path }) => path.split(' ').every(one => omitted.includes(one))))
      refusals.push({ kind: 'omitted', path: omitted.join(' '), detail: '', unless: [], message: run.message })
  }
  return {
    construct: module.construct,
    describedBy: module.describedBy ?? {},
    specimen,
    runs,
    refusals: [...refusals, ...probe(module)],
  }
}

function runOf<S>(module: PlainModule<S>, omitted: readonly string[]): Run {
  const specimen = module.specimen as unknown as JsonObject
  return { omitted, ...made(module, given(specimen, omitted, [])) }
}

/** What the construct makes of the values of a call. */
export function made<S>({ make }: PlainModule<S>, values: Json): Omit<Run, 'omitted'> {
  const stack = new TerraformStack(new App({ skipValidation: true }), 'stack')
  const outputs = make(stack, values as Given<S>)
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value })
  const { resource = {}, output = {} } = stack.toTerraform()
  const all = Object.entries<{ [name: string]: JsonObject }>(resource).flatMap(([type, bodies]) =>
    Object.entries(bodies).map(([name, body]) => ({ type, name, body })),
  )
  return { resources: all, outputs: Object.fromEntries(Object.keys(outputs).map(name => [name, output[name]?.value])) }
}

function attempt<T>(run: () => T): T | { readonly message: string } {
  try {
    return run()
  } catch (error) {
    return { message: (error as Error).message }
  }
}

/** The paths of all that is optional. */
function optionalsOf(value: Json, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(item => optionalsOf(item, [...path, '[]']))
  if (typeof value !== 'object' || value === null) return []
  if ('optional' in value) return [path.join('.'), ...optionalsOf((value as JsonObject).optional ?? null, path)]
  return Object.entries(value).flatMap(([name, item]) => optionalsOf(item, [...path, name]))
}

/** Nothing, each alone, each two, and all of one object. */
function omissionsOf(paths: readonly string[]): readonly (readonly string[])[] {
  const pairs = paths.flatMap((one, i) => paths.slice(i + 1).map(other => [one, other]))
  const parents = new Set(paths.map(parentOf))
  const groups = [...parents].map(parent => paths.filter(path => parentOf(path) === parent))
  return [[], ...paths.map(path => [path]), ...pairs, ...groups.filter(group => group.length > 2)]
}

function parentOf(path: string): string {
  return path.split('.').slice(0, -1).join('.')
}

/** A specimen as a module is given it, without what is left out. */
function given(value: Json, omitted: readonly string[], path: readonly string[]): Json {
  if (Array.isArray(value)) return value.map(item => given(item, omitted, [...path, '[]']))
  if (typeof value !== 'object' || value === null) return value
  if ('optional' in value) return given((value as JsonObject).optional ?? null, omitted, path)
  const entries = Object.entries(value).filter(([name]) => !omitted.includes([...path, name].join('.')))
  return Object.fromEntries(entries.map(([name, item]) => [name, given(item, omitted, [...path, name])]))
}

/** Values with another at a path. */
function replaced(value: Json, path: readonly string[], by: (old: Json) => Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return by(value)
  if (Array.isArray(value)) return value.map(item => replaced(item, rest, by))
  const object = value as JsonObject
  return { ...object, [step]: replaced(object[step] ?? null, rest, by) }
}

interface Leaf {
  readonly path: readonly string[]
  readonly value: Json
}

function leavesOf(value: Json, path: readonly string[] = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  if (Array.isArray(value)) return [{ path, value }, ...value.flatMap(item => leavesOf(item, [...path, '[]']))]
  return Object.entries(value).flatMap(([name, item]) =>
    /^[a-z]\w*$/i.test(name) ? leavesOf(item, [...path, name]) : [],
  )
}

/** What the construct refuses where one value is another. */
function probe<S>(module: PlainModule<S>): readonly Refusal[] {
  const specimen = module.specimen as unknown as JsonObject
  const optionals = optionalsOf(specimen, [])
  const leaves = leavesOf(given(specimen, [], []))
  const refusal = (
    path: readonly string[],
    by: (old: Json) => Json,
    omitted: readonly string[] = [],
  ): string | null => {
    const result = attempt(() => made(module, replaced(given(specimen, omitted, []), path, by)))
    return 'message' in result ? result.message : null
  }
  return leaves.flatMap(({ path, value }) => {
    const found = (kind: Refusal['kind'], detail: string | number, by: (old: Json) => Json): readonly Refusal[] => {
      const message = refusal(path, by)
      if (message === null) return []
      const others = optionals.filter(
        one => !`${path.join('.')}.`.startsWith(`${one}.`) && !String(detail).startsWith(one),
      )
      const unless = others.filter(one => refusal(path, by, [one]) === null)
      return [{ kind, path: path.join('.'), detail, unless, message }]
    }
    if (Array.isArray(value))
      return [...found('empty', '', () => []), ...found('twice', '', old => [...(old as Json[]), ...(old as Json[])])]
    if (typeof value === 'number') return bounds(value, found)
    if (typeof value !== 'string') return []
    const [shape, tested] = shapeOf(() => found('shape', '', () => '?'))
    const alike = leaves.filter(
      other => other.value !== value && !other.path.includes('[]') && isAlike(value, other.value),
    )
    return [
      ...(tested && shape ? [{ ...tested, detail: shape.source }] : []),
      ...alike.flatMap(other => found('same', other.path.join('.'), () => other.value)),
      ...(isAlike(value, 'cn-other-1') ? found('foreign', 'region', () => 'cn-other-1') : []),
      ...(value.startsWith('arn:')
        ? found('foreign', 'account', old => String(old).replace(/\d{12}/, '999999999999'))
        : []),
    ]
  })
}

/** Two accounts, or two regions. */
function isAlike(one: Json, other: Json): boolean {
  return [/^\d{12}$/, /^cn-[a-z]+-1$/].some(shape =>
    [one, other].every(text => typeof text === 'string' && shape.test(text)),
  )
}

/** The regular expression that was asked last, when a text was refused. */
function shapeOf(find: () => readonly Refusal[]): readonly [RegExp | undefined, Refusal | undefined] {
  const { test } = RegExp.prototype
  let last: RegExp | undefined
  RegExp.prototype.test = function (text) {
    if (text === '?') last = this
    return test.call(this, text)
  }
  const [refusal] = find()
  RegExp.prototype.test = test
  return [last, refusal]
}

/** The least and the most that a number may be, found by halving. */
function bounds(
  value: number,
  found: (kind: Refusal['kind'], detail: number, by: (old: Json) => Json) => readonly Refusal[],
): readonly Refusal[] {
  const refused = (kind: 'least' | 'most' | 'above', number: number) => found(kind, number, () => number)
  const bound = (kind: 'least' | 'most', limit: number): readonly Refusal[] => {
    if (refused(kind, limit).length === 0) return []
    let [good, bad] = [value, limit]
    while (Math.abs(good - bad) > 1) {
      const middle = Math.trunc((good + bad) / 2)
      if (refused(kind, middle).length === 0) good = middle
      else bad = middle
    }
    const isWhole = refused(kind, good + 0.5 * Math.sign(good - bad)).length > 0
    const fraction = (good + bad) / 2
    if (!isWhole && refused('above', fraction).length === 0) return refused('above', bad)
    return refused(kind, bad).map(one => ({ ...one, detail: good }))
  }
  return [...bound('least', -1), ...bound('most', 1_000_000)]
}
