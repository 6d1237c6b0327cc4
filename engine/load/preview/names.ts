import { partitionOfRegion } from '../../../policies/lang/aws'

/** What the name of a resource that is not made yet depends on. */
export interface Named {
  readonly type: string
  readonly account: string | null
  readonly region: string | null
  /** Its number in its stack, from which a made-up id follows. */
  readonly serial: number
  readonly isMultiRegion: boolean
  /** An argument, where it is a text. */
  readonly read: (argument: string) => string | null
}

/** A name, as `identities` in keyreach.yaml would declare it, and what an attribute of the resource shows of it. */
export interface Name {
  readonly identity: string
  readonly text: string
}

/** How a resource will be called where another stack asks for one of its attributes: as declared, else by rules of AWS, with an id made up. */
export function nameOf(named: Named, attribute: string, declared: string | null): Name | null {
  const identity = declared ?? identityOf(named)
  if (identity === null) return null
  if (attribute === 'arn') return identity.startsWith('arn:') ? { identity, text: identity } : null
  if (attribute !== 'id' && attribute !== 'key_id') return null
  const text = /^aws_kms_.*key$/.test(named.type) ? identity.replace(/^.*:key\//, '') : identity
  return identity.startsWith('arn:') && text === identity ? null : { identity, text }
}

function identityOf({ type, account, region, serial, isMultiRegion, read }: Named): string | null {
  if (/^aws_ami(_copy|_from_instance)?$/.test(type)) return `ami-${digits(serial, 17)}`
  if (account === null) return null
  const partition = partitionOfRegion(region ?? '')
  if (type === 'aws_iam_role' || type === 'aws_iam_user') {
    const [name, path] = [read('name'), read('path') ?? '/']
    return name === null ? null : `arn:${partition}:iam::${account}:${type.slice('aws_iam_'.length)}${path}${name}`
  }
  if (region === null) return null
  if (type === 'aws_kms_alias') return read('name') && `arn:${partition}:kms:${region}:${account}:${read('name')}`
  if (!/^aws_kms_(replica_)?(external_)?key$/.test(type)) return null
  const id = isMultiRegion ? `mrk-${digits(serial, 32)}` : `00000000-0000-4000-8000-${digits(serial, 12)}`
  return `arn:${partition}:kms:${region}:${account}:key/${id}`
}

function digits(serial: number, length: number): string {
  return serial.toString(16).padStart(length, '0')
}
