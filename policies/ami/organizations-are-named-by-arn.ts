import { type JsonObject, at as valueAt } from '../intrinsics'
import { partitionOfRegion } from '../lang/aws'
import type { Fix } from '../lang/finding'
import { distributionsOf } from '../lang/image-builder'
import { textOf } from '../lang/json'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, each, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, ref, rule, type Situation } from '../lang/rule'
import { all, type Truth, truth } from '../lang/truth'
import { declared } from '../lang/world'

/**
 * Images are shared with organizations and their units by ARN, each by an ARN of its kind.
 *
 * EC2 takes `arn:aws:organizations::{management account}:organization/o-…` for an organization and `…:ou/o-…/ou-…` for a unit. An id alone,
 * the ARN of a unit in place of an organization's, or that of an account is refused when the plan is applied. The key of the image does not
 * follow: its policy has to admit the members by `aws:PrincipalOrgID` or `aws:PrincipalOrgPaths`.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-org-arn-format'],
  symptoms: ['InvalidAMIAttributeItemValue: Invalid attribute item value "{arn}" for {kind} item type'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html',
    // The error, for an ARN of the wrong kind.
    'https://github.com/hashicorp/packer-plugin-amazon/issues/156',
  ],

  *situations() {
    for (const permission of resources('aws_ami_launch_permission')) {
      const organization = attribute(permission, 'organization_arn')
      const unit = attribute(permission, 'organizational_unit_arn')
      if (organization !== null) yield situationOf(permission, 'organization_arn', 'organization', [organization])
      if (unit !== null) yield situationOf(permission, 'organizational_unit_arn', 'unit', [unit])
    }
    for (const configuration of resources('aws_imagebuilder_distribution_configuration'))
      for (const { ami } of distributionsOf(configuration))
        for (const permission of blocks(ami, 'launch_permission')) {
          const organizations = each(attribute(permission, 'organization_arns'))
          const units = each(attribute(permission, 'organizational_unit_arns'))
          if (organizations.length > 0)
            yield situationOf(permission, 'organization_arns', 'organization', organizations)
          if (units.length > 0) yield situationOf(permission, 'organizational_unit_arns', 'unit', units)
        }
  },

  requirements: ({ at, kind, wrong, holds, fix }) => [
    {
      kind: 'holds',
      severity: 'error',
      what: `\`${at}\` has ${NAMES[kind]}`,
      otherwise: `\`${wrong}\` is not ${NAMES[kind]}`,
      holds,
      fix,
      evidence: [],
      known: [at],
      because: 'EC2 refuses what is not an ARN of the right kind',
    },
  ],
})

type Kind = 'organization' | 'unit'

const NAMES: { readonly [K in Kind]: string } = {
  organization: 'the ARN of an organization',
  unit: 'the ARN of an organizational unit',
}

interface Named extends Situation {
  readonly kind: Kind
  readonly wrong: string
  readonly holds: Truth
  readonly fix: readonly Fix[]
}

function situationOf(permission: Node, name: string, kind: Kind, arns: readonly Maybe<string>[]): Named {
  const { account, region } = permission
  return {
    at: place(permission, name),
    account,
    region,
    kind,
    wrong: arns.flatMap(arn => (arn === null || isUnknown(arn) || fits(arn, kind) ? [] : [arn]))[0] ?? '',
    holds: all(arns.map(arn => (isUnknown(arn) ? 'unknown' : truth(arn !== null && fits(arn, kind))))),
    fix: permission.path === '' ? permissionFix(permission, name, kind, arns) : listFix(permission, name, kind, arns),
  }
}

function fits(arn: string, kind: Kind): boolean {
  if (kind === 'unit')
    return /^arn:[a-z0-9-]+:organizations::[0-9]{12}:ou\/o-[a-z0-9]+\/ou-[a-z0-9]+-[a-z0-9]+$/u.test(arn)
  return /^arn:[a-z0-9-]+:organizations::[0-9]{12}:organization\/o-[a-z0-9]+$/u.test(arn)
}

/** The ARN where the id of the organization that is declared stands, or the attribute of its kind; else no permission. */
function permissionFix(permission: Node, name: string, kind: Kind, arns: readonly Maybe<string>[]): readonly Fix[] {
  const { account, address } = permission
  const text = arns.flatMap(arn => (arn === null || isUnknown(arn) ? [] : [arn]))[0] ?? ''
  const whole = wholeArn(text, kind, permission)
  if (whole !== null) return [{ kind: 'attribute', account, target: address, path: name, value: whole }]
  if (!fits(text, OTHER[kind].kind)) return [{ kind: 'remove', account, target: address }]
  return [
    { kind: 'attribute', account, target: address, path: name, value: null },
    { kind: 'attribute', account, target: address, path: OTHER[kind].name, value: text },
  ]
}

const OTHER: { readonly [K in Kind]: { readonly kind: Kind; readonly name: string } } = {
  organization: { kind: 'unit', name: 'organizational_unit_arn' },
  unit: { kind: 'organization', name: 'organization_arn' },
}

/** Of a list what can be told stays, as ARNs. */
function listFix(permission: Node, name: string, kind: Kind, arns: readonly Maybe<string>[]): readonly Fix[] {
  const { account, address, path } = permission
  const kept = arns.flatMap(arn => {
    if (arn === null || isUnknown(arn)) return []
    const whole = fits(arn, kind) ? arn : wholeArn(arn, kind, permission)
    return whole === null ? [] : [whole]
  })
  const value = kept.length === 0 ? null : kept
  return [{ kind: 'attribute', account, target: address, path: `${path}.${name}`, value }]
}

function wholeArn(id: string, kind: Kind, { region }: Node): string | null {
  const management = textOf(valueAt(declared('organization'), ['management']))
  if (kind === 'unit' || management === null || !/^o-[a-z0-9]+$/u.test(id)) return null
  return `arn:${partitionOfRegion(region ?? '')}:organizations::${management}:organization/${id}`
}

export const examples = (): Examples => ({
  pass: {
    'it is the ARN of an organization': world({ organization_arn: organization }),
    'it is the ARN of a unit': world({ organizational_unit_arn: unit }),
    'a distribution names an organization': distribution({ organization_arns: [organization] }),
  },
  fail: {
    'it is the id of the organization': world({ organization_arn: 'o-exampleorgid' }),
    'it is the id of the organization that is declared': world({ organization_arn: 'o-exampleorgid' }, '999988887777'),
    'it is the ARN of a unit, in place of an organization': world({ organization_arn: unit }),
    'it is the ARN of an organization, in place of a unit': world({ organizational_unit_arn: organization }),
    'it is the ARN of an account of the organization': world({
      organization_arn: 'arn:aws:organizations::999988887777:account/o-exampleorgid/111122223333',
    }),
    'a distribution names a unit by its id': distribution({
      organization_arns: [organization],
      organizational_unit_arns: ['ou-ab12-11111111'],
    }),
    'a distribution names a unit as an organization': distribution({ organization_arns: [organization, unit] }),
  },
  unknown: { 'it is known at apply': world({ organization_arn: later }) },
})

const organization = 'arn:aws:organizations::999988887777:organization/o-exampleorgid'
const unit = 'arn:aws:organizations::999988887777:ou/o-exampleorgid/ou-ab12-11111111'

/** An image that is shared. */
function world(audience: JsonObject, management: string | null = null): ExampleWorld {
  const resources = {
    'aws_ami_copy.image': { source_ami_id: 'ami-0a1b2c3d4e5f60718', source_ami_region: 'eu-central-1' },
    'aws_ami_launch_permission.all': { image_id: ref('aws_ami_copy.image', 'id'), ...audience },
  }
  const accounts = [{ id: '444455556666', resources }]
  if (management === null) return { accounts }
  return { accounts, declared: { organization: { id: 'o-exampleorgid', root: 'r-ab12', management, accounts: {} } } }
}

/** A distribution of Image Builder that shares its image. */
function distribution(permission: JsonObject): ExampleWorld {
  const ami = { name: 'app-{{ imagebuilder:buildDate }}', launch_permission: [permission] }
  const resources = {
    'aws_imagebuilder_distribution_configuration.app': {
      name: 'app',
      distribution: [{ region: 'eu-central-1', ami_distribution_configuration: [ami] }],
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
