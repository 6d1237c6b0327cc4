import { isObject, type Json, type JsonObject } from '../../../policies/intrinsics'
import { isUnknown, unknown } from '../../../policies/lang/maybe'
import { BadInput, type Place } from '../../bad-input'

/** The builders that make an Amazon machine image: they share the settings of the plugin's `AMIConfig`. */
export const builderTypes: readonly string[] = ['amazon-chroot', 'amazon-ebs', 'amazon-ebssurrogate', 'amazon-instance']

/** What a setting has to be, and how a value is taken for it: undefined where it cannot be. */
interface Shape {
  readonly what: string
  take(value: Json): Json | undefined
}

type Shapes = { readonly [name: string]: Shape }

const text: Shape = { what: 'a text', take: value => (typeof value === 'object' ? undefined : String(value)) }
const flag: Shape = { what: 'true or false', take: value => ({ true: true, false: false })[String(value)] }

/** JSON templates may write a list as one text, as user variables give them. */
const list: Shape = {
  what: 'a list of texts',
  take: value => {
    if (typeof value === 'string') return value.split(',').filter(item => item !== '')
    return Array.isArray(value) ? whole(value.map(item => taken(item, text))) : undefined
  },
}

const map: Shape = {
  what: 'a map of texts',
  take: value => {
    if (!isObject(value)) return undefined
    const values = whole(Object.values(value).map(item => taken(item ?? '', text)))
    return values && Object.fromEntries(Object.keys(value).map((key, i) => [key, values[i] ?? '']))
  },
}

/** Blocks: HCL has a list of them, JSON may have one without a list around it. */
function blocks(shapes: Shapes): Shape {
  return {
    what: 'a block',
    take: value => whole([value].flat().map(block => (isObject(block) ? parts(block, shapes) : undefined))),
  }
}

function parts(block: JsonObject, shapes: Shapes): JsonObject {
  const members = Object.entries(shapes).flatMap(([name, shape]) => {
    const value = taken(block[name] ?? null, shape)
    return value === undefined || value === null ? [] : [[name, value] as const]
  })
  return Object.fromEntries(members)
}

/**
 * The settings that rules read, and no others: a template has passwords too.
 * Source: https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs
 */
const shapes: Shapes = {
  ami_org_arns: list,
  ami_ou_arns: list,
  ami_regions: list,
  ami_users: list,
  assume_role: blocks({ role_arn: text }),
  encrypt_boot: flag,
  kms_key_id: text,
  launch_block_device_mappings: blocks({ device_name: text, encrypted: flag, kms_key_id: text }),
  region: text,
  region_kms_key_ids: map,
  skip_create_ami: flag,
  skip_save_build_region: flag,
  snapshot_users: list,
  source_ami: text,
}

/** The names of the settings that rules read. */
export const settingNames: readonly string[] = Object.keys(shapes)

/**
 * The settings of the builder `name` in one form, whatever the language of the template. What Packer's template engine fills in (`{{…}}`)
 * is unknown. Throws `BadInput` where one cannot be what it has to be.
 */
export function settingsOf(values: JsonObject, name: string, place: Place): JsonObject {
  const members = Object.entries(shapes).flatMap(([setting, shape]) => {
    const value = taken(values[setting] ?? null, shape)
    if (value === undefined) throw new BadInput(place, `\`${name}.${setting}\`: expected ${shape.what}`)
    return value === null ? [] : [[setting, value] as const]
  })
  return Object.fromEntries(members)
}

function taken(value: Json, shape: Shape): Json | undefined {
  if (value === null || isUnknown(value)) return value
  if (typeof value === 'string' && value.includes('{{')) return unknown(value)
  return shape.take(value)
}

function whole(values: readonly (Json | undefined)[]): readonly Json[] | undefined {
  const known = values.filter(value => value !== undefined)
  return known.length === values.length ? known : undefined
}
