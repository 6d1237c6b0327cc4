import type { Principal } from '../engine/access'

/** A name in two parts: what is the same for many, and what tells it from them. */
export interface Name {
  readonly before: string
  readonly own: string
}

/** An address or ARN in two parts: `aws_kms_key.` and `image`; `user/` and `packer`. */
export function nameOf(name: string): Name {
  if (name.startsWith('arn:')) return arnName(name.split(':').slice(5).join(':'))
  const [, before = '', own = name] = /^((?:module\.[^.]+\.)*(?:data\.)?[a-z]\w*_\w+\.)(.+)$/.exec(name) ?? []
  return { before, own }
}

/** A message in which ARNs are their last names, for where there is little room. */
export function brief(message: string): string {
  return message.replace(/`(arn:[^`]*)`/g, (_, arn: string) => {
    const { before, own } = nameOf(arn)
    return `\`${before}${own}\``
  })
}

/** Who somebody is, for people. */
export function principalName({ kind, name }: Principal): Name {
  if (kind === 'account') return { before: 'account ', own: name }
  if (kind === 'organization') return { before: 'organization ', own: name }
  if (kind === 'unit') return { before: 'unit ', own: name }
  if (kind === 'unknown') return { before: 'not known: ', own: name }
  return nameOf(name)
}

/** Most are roles, which goes without saying; a service-linked role's path says no more than its name. */
function arnName(resource: string): Name {
  const own = resource.split('/').at(-1) ?? ''
  const before = resource.slice(0, resource.length - own.length).replace(/^role\/(aws-service-role\/[^/]+\/)?/, '')
  return { before, own }
}
