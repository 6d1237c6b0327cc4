import { deviceAsked, type ImageEncryption, imageEncryption, launchedEncryption } from './image'
import { instanceTemplates } from './launch'
import type { Maybe } from './maybe'
import { attribute, blocks, type Node, place, resources } from './plan'
import type { Schema } from './schema'

/** EC2's launch specification, in whichever resource it stands: the image of an instance, and what is said of its volumes. */
export interface Specification {
  /** The resource, or the block of one, that names the image. */
  readonly node: Node
  /** The attribute that names it. */
  readonly by: 'ami' | 'image_id' | 'image_id_override'
  readonly image: Maybe<string>
  /** The blocks of volumes that can name a key. */
  readonly devices: readonly Node[]
  /** Whether all of it is seen: not where the rest is in a template that no plan has. */
  readonly isWhole: boolean
}

/** The launch specifications of the plans in which a key can be named for a volume. */
export function specifications(): readonly Specification[] {
  return [
    ...resources('aws_instance').map(node => instanceSpecification(node)),
    ...resources('aws_spot_instance_request').map(node => instanceSpecification(node)),
    ...resources('aws_spot_fleet_request').flatMap(node => fleetSpecifications(node)),
    ...resources('aws_launch_template').map(node => templateSpecification(node)),
  ]
}

/** The launch specification of an instance, or of a request for one. */
export function instanceSpecification(
  node: Node<Schema['aws_instance'] | Schema['aws_spot_instance_request']>,
): Specification {
  const templates = instanceTemplates(node)
  const devices = [...blocks(node, 'root_block_device'), ...blocks(node, 'ebs_block_device')]
  return {
    node,
    by: 'ami',
    image: attribute(node, 'ami') ?? templates.map(template => attribute(template, 'image_id'))[0] ?? null,
    devices: [...devices, ...templates.flatMap(templateDevices)],
    isWhole: templates.length > 0 || blocks(node, 'launch_template').length === 0,
  }
}

/** The launch specifications that a Spot Fleet request has itself. */
export function fleetSpecifications(fleet: Node<Schema['aws_spot_fleet_request']>): readonly Specification[] {
  return blocks(fleet, 'launch_specification').map(node => ({
    node,
    by: 'ami',
    image: attribute(node, 'ami'),
    devices: [...blocks(node, 'root_block_device'), ...blocks(node, 'ebs_block_device')],
    isWhole: true,
  }))
}

/** The launch specification of a launch template. */
export function templateSpecification(node: Node<Schema['aws_launch_template']>): Specification {
  return {
    node,
    by: 'image_id',
    image: attribute(node, 'image_id'),
    devices: templateDevices(node),
    isWhole: true,
  }
}

function templateDevices(template: Node<Schema['aws_launch_template']>): readonly Node[] {
  return blocks(template, 'block_device_mappings').flatMap(mapping => blocks(mapping, 'ebs'))
}

/** Under what the volumes of an instance are encrypted. */
export function volumeEncryption({ node, image, devices }: Specification): ImageEncryption {
  return launchedEncryption(
    image,
    imageEncryption(image),
    devices.map(device => deviceAsked(device, node)),
    node,
  )
}

/** Where the key of a volume is named, or could be: of the first that names none, else of the first. */
export function volumeKeyPlace({ node, by, devices }: Specification): string {
  const keyless = devices.filter(device => attribute(device, 'kms_key_id') === null)
  const first = keyless[0] ?? devices[0] ?? null
  if (first !== null) return place(first, 'kms_key_id')
  return place(node, by === 'ami' ? 'root_block_device[0].kms_key_id' : 'block_device_mappings[0].ebs[0].kms_key_id')
}
