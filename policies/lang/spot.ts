import { partitionOfRegion, serviceLinkedRoleArn } from './aws'
import { deviceAsked, imageEncryption } from './image'
import { isOpenKey, type Key, keysAmong, unknownKey } from './key'
import { openTemplateNames, snapshotsOf, templatesOf, type Volume, volumesUnderDefault } from './launch'
import { isUnknown, unknown } from './maybe'
import { attribute, blocks, type Node, place, resources } from './plan'
import type { Schema } from './schema'
import { fleetSpecifications, instanceSpecification, type Specification, templateSpecification } from './specification'
import type { Term } from './statement'
import { any, type Truth, truth } from './truth'

/** A key that a service-linked role needs which launches, and where that shows. */
export interface RoleUse {
  readonly at: string
  readonly account: string | null
  readonly region: string | null
  readonly role: Term
  readonly key: Key
}

/**
 * What the service-linked roles of Spot and of fleets need of keys.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
export function spotUses(): readonly RoleUse[] {
  return [
    ...resources('aws_spot_instance_request').flatMap(node =>
      usesOf(node, 'spot.amazonaws.com', 'yes', [instanceSpecification(node)]),
    ),
    ...resources('aws_instance').flatMap(node =>
      usesOf(node, 'spot.amazonaws.com', isInSpotMarket(node), [instanceSpecification(node)]),
    ),
    ...resources('aws_spot_fleet_request').flatMap(node =>
      usesOf(node, 'spotfleet.amazonaws.com', 'yes', [
        ...fleetSpecifications(node),
        ...templatesOf(node).map(templateSpecification),
      ]),
    ),
    ...resources('aws_ec2_fleet').flatMap(node =>
      usesOf(node, 'ec2fleet.amazonaws.com', hasRole(node), templatesOf(node).map(templateSpecification)),
    ),
  ]
}

/** Whether an instance, or what a template launches, is asked for in the Spot market. */
export function isInSpotMarket(instance: Node<Schema['aws_instance'] | Schema['aws_launch_template']>): Truth {
  return any(
    blocks(instance, 'instance_market_options').map(options => {
      const market = attribute(options, 'market_type')
      if (isUnknown(market)) return 'unknown'
      return truth(market === 'spot')
    }),
  )
}

/** Whether a fleet launches as its service-linked role: one that is `instant` launches as whoever asks for it. */
function hasRole(fleet: Node<Schema['aws_ec2_fleet']>): Truth {
  const type = attribute(fleet, 'type')
  if (isUnknown(type)) return 'unknown'
  return truth(type !== 'instant')
}

/** What the role of a service needs, where it launches. */
function usesOf(
  node: Node,
  service: string,
  isLaunching: Truth,
  specifications: readonly Specification[],
): readonly RoleUse[] {
  return roleUses(node, roleOf(node, service), isLaunching, specifications.flatMap(neededKeys))
}

/** The use that a role makes of keys where it launches: which they are matters only there. */
export function roleUses(node: Node, role: Term, isLaunching: Truth, needed: readonly NeededKey[]): readonly RoleUse[] {
  if (isLaunching === 'no') return []
  const { address, account, region } = node
  const open =
    isLaunching === 'yes' ? null : unknownKey(`whether ${address} launches as its service-linked role`, region)
  const unread = openTemplateNames(node).map(({ at, hole }) => ({ at, key: unknownKey(hole.unknown, region) }))
  return [...needed, ...unread].map(({ at, key }) => ({
    at,
    account,
    region,
    role,
    key: open ?? key,
  }))
}

/** A key that a launch needs, and where that shows. */
export interface NeededKey {
  readonly at: string
  readonly key: Key
}

/** The keys of an image, those that are named for volumes, and the default key where none is. */
export function neededKeys({ node, by, image, devices }: Specification): readonly NeededKey[] {
  const { region } = node
  const asked = devices.map(device => deviceAsked(device, node))
  const named = [
    ...imageEncryption(image).map(encryption => ({ at: place(node, by), encryption })),
    ...devices.map((device, i) => ({ at: place(device, 'kms_key_id'), encryption: asked[i]?.named ?? [] })),
  ].flatMap(({ at, encryption }) => keysAmong(encryption, region).map(key => ({ at, key })))
  return [...named, ...volumesUnderDefault(node, snapshotsOf(image), image, asked).flatMap(defaultKeys)]
}

/** The keys of volumes that go under a default key, as far as they are known. */
export function defaultKeys({ at, encryptions, region }: Volume): readonly NeededKey[] {
  return keysAmong(encryptions, region)
    .filter(key => !isOpenKey(key))
    .map(key => ({ at, key }))
}

/** The service-linked role of a service in the account of what it launches. */
export function roleOf({ account, region, address }: Node, service: string): Term {
  if (account === null) return unknown(`the account of ${address} (ACCOUNT=PLAN, or account in keyreach.yaml)`)
  return serviceLinkedRoleArn(partitionOfRegion(region ?? ''), account, service, null)
}
