/** Words that Rego reads as syntax. */
const keywords = new Set(
  'as and contains data default else every false if import in input not null or package set some true with'.split(' '),
)

/** Built-ins, and the first parts of the names of those that have several: a local or rule of the same name would hide them. */
const builtins = new Set(
  (
    'abs all any array base64 base64url bits cast_array cast_boolean cast_null cast_object cast_set cast_string ceil concat count ' +
    'crypto div endswith eq equal floor format_int glob graph graphql gt gte hex http indexof indexof_n internal intersection io ' +
    'is_array is_boolean is_null is_number is_object is_set is_string json lower lt lte max min minus mul neq net numbers object ' +
    'opa plus print product providers rand re_match regex rego rem replace round semver set_diff sort split sprintf startswith ' +
    'strings substring sum time to_number trace trim trim_left trim_prefix trim_right trim_space trim_suffix type_name union ' +
    'units upper urlquery uuid walk yaml'
  ).split(' '),
)

/** `keyIds` → `key_ids`, `KMS_ACTIONS` → `kms_actions`, `aB1` → `a_b1`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase()
}

/** Whether a name means something to Rego already. */
export function isReserved(name: string): boolean {
  return keywords.has(name) || builtins.has(name)
}

/** The name of a rule or function: `all` would hide a built-in, so it is `all_of`. */
export function ruleName(name: string, isExported: boolean): string {
  const snake = snakeCase(name)
  if (!isExported) return `_${snake}`
  return isReserved(snake) ? `${snake}_of` : snake
}

/** The name of a local variable: where `plan` is taken, it is `this_plan`, then `this_plan_2`. */
export function localName(name: string, isTaken: (name: string) => boolean): string {
  const snake = snakeCase(name).replace(/^_+/, '') || 'item'
  if (!isReserved(snake) && !isTaken(snake)) return snake
  return numbered(`this_${snake}`, isTaken)
}

/** `name`, or the first of `name_2`, `name_3`… that is free. */
export function numbered(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name
  for (let n = 2; ; n++) if (!isTaken(`${name}_${n}`)) return `${name}_${n}`
}

/** `policies/auto-scaling/role-uses-key.ts` → `policies.auto_scaling.role_uses_key` */
export function packageName(path: string): string {
  return path
    .replace(/\.ts$/, '')
    .split('/')
    .map(part => part.replaceAll('-', '_'))
    .join('.')
}

/** Whether `a.key` may be written for `a["key"]`. */
export function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !keywords.has(key)
}

/** A name for one of `names`: `statements` → `statement`, `policies` → `policy`; `item` where it is not plural. */
export function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return name.replace(/ies$/, 'y')
  if (/(ss|x|ch|sh)es$/.test(name)) return name.replace(/es$/, '')
  if (/[^s]s$/.test(name)) return name.replace(/s$/, '')
  return 'item'
}
