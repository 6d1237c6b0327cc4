import { parseJson } from '../policies/intrinsics'

/** A step of an address: a name and, where it has one, the key of an instance (`image["a"]`, `image[0]`). */
export interface Step {
  readonly name: string
  readonly index: string | number | null
}

/** The address of a Terraform resource, taken apart. */
export interface Address {
  /** The file of its plan, where it stands in front since several plans have the address. */
  readonly file: string | null
  readonly modules: readonly Step[]
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly name: string
  readonly index: string | number | null
  /** What follows the resource: `['arn']` of `aws_kms_key.image.arn`. */
  readonly attribute: readonly Step[]
}

/**
 * Takes apart `module.a["x"].aws_kms_key.image[0]`, with or without a file in front (`app.json:`) and an attribute path behind it; null
 * where it is no address.
 */
export function parseAddress(text: string): Address | null {
  return addressIn(text, null) ?? behindFile(text)
}

/** A file may have colons too: the address is what can be read from the first of them on. What is in a template is of no provider. */
function behindFile(text: string): Address | null {
  if (text.startsWith('arn:')) return null
  for (let end = text.indexOf(':'); end >= 0; end = text.indexOf(':', end + 1)) {
    const address = addressIn(text.slice(end + 1), text.slice(0, end))
    if (address?.type.includes('_')) return address
  }
  return null
}

function addressIn(text: string, file: string | null): Address | null {
  const steps = stepsOf(text)
  if (steps === null) return null
  const modules: Step[] = []
  let rest = steps
  while (rest[0]?.name === 'module' && rest[1]) {
    modules.push(rest[1])
    rest = rest.slice(2)
  }
  const mode = rest[0]?.name === 'data' ? 'data' : 'managed'
  const [type, name, ...attribute] = mode === 'data' ? rest.slice(1) : rest
  if (!type || !name || type.index !== null) return null
  return { file, modules, mode, type: type.name, name: name.name, index: name.index, attribute }
}

/** The address within its module and without the instance, as `configuration` has it: `aws_kms_key.image`, `data.aws_kms_key.a`. */
export function localAddress(address: Address): string {
  return `${address.mode === 'data' ? 'data.' : ''}${address.type}.${address.name}`
}

/** The address of the module that holds the resource, empty for the root module. */
export function moduleAddress(address: Address): string {
  return address.modules.map(step => `module.${stepText(step)}`).join('.')
}

/** The whole address in its plan again, without an attribute. */
export function addressText(address: Address): string {
  const local = `${localAddress(address)}${indexText(address.index)}`
  return address.modules.length > 0 ? `${moduleAddress(address)}.${local}` : local
}

/** A step as Terraform writes it. */
export function stepText(step: Step): string {
  return `${step.name}${indexText(step.index)}`
}

/** An instance key as Terraform writes it: `["a"]`, `[0]`, or nothing. */
export function indexText(index: string | number | null): string {
  return index === null ? '' : `[${JSON.stringify(index)}]`
}

/** The key that is quoted so; Terraform escapes what JSON would, and whatever else has made a plan may not. */
function textIn(quoted: string): string {
  return String(parseJson(`"${quoted}"`) ?? quoted)
}

/** Instance keys may hold dots, so the text is read step by step and not split. */
function stepsOf(text: string): Step[] | null {
  const step = /([A-Za-z_][\w-]*)(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+)|\*)\])?(\.|$)/y
  const steps: Step[] = []
  while (step.lastIndex < text.length) {
    const found = step.exec(text)
    if (!found?.[1]) return null
    const key = found[2] === undefined ? null : textIn(found[2])
    steps.push({ name: found[1], index: found[3] === undefined ? key : Number(found[3]) })
    if (found[4] === '') break
  }
  return steps.length > 0 && !text.endsWith('.') ? steps : null
}
