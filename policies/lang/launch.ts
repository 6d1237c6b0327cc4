import { at, index } from '../intrinsics'
import { isEncryptedByDefault } from './account'
import { partitionOfRegion, serviceLinkedRoleArn } from './aws'
import type { Asked } from './encryption'
import { principalTerm } from './identity'
import { deviceAsked, type ImageEncryption, imageEncryption, imageName, launchedEncryption } from './image'
import { textOf } from './json'
import { declaredImage, defaultEncryption, type Encryption, encryptionsBy, type Place } from './key'
import { isUnknown, type Maybe, type Unknown, unknown } from './maybe'
import { attribute, blocks, identity, type Node, place, resourceOf, resources } from './plan'
import type { Schema } from './schema'
import type { Term } from './statement'
import { all, any, type Truth, truth } from './truth'

type Template = Schema['aws_launch_template']

/** A volume that a launch makes or reads: where its key is written, and what that can be. */
export interface Volume {
  readonly at: string
  readonly account: string | null
  readonly region: string | null
  /** The alternatives; one where it is certain. */
  readonly encryptions: readonly Encryption[]
}

/** What launches instances through the service-linked role of Auto Scaling: groups, and node groups of EKS, which make groups. */
export function groups(): readonly Node[] {
  return [...resources('aws_autoscaling_group'), ...resources('aws_eks_node_group')]
}

/**
 * The service-linked role as which a group launches: the one it names, else the account's `AWSServiceRoleForAutoScaling`.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
 */
export function launchingRole(group: Node): Term {
  const named = group.type === 'aws_autoscaling_group' ? serviceLinkedRole(group) : null
  if (named !== null) return principalTerm(named)
  if (group.account === null)
    return unknown(`the account of ${group.address} (ACCOUNT=PLAN, or account in keyreach.yaml)`)
  return serviceLinkedRoleArn(partitionOfRegion(group.region ?? ''), group.account, 'autoscaling.amazonaws.com', null)
}

/** Whether a group is made without instances. */
export function beginsEmpty(group: Node): Truth {
  if (group.type !== 'aws_autoscaling_group')
    return all(
      blocks(group as Node<Schema['aws_eks_node_group']>, 'scaling_config').map(size =>
        isZero(attribute(size, 'desired_size')),
      ),
    )
  const node = group as Node<Schema['aws_autoscaling_group']>
  const least = attribute(node, 'min_size')
  return all([isZero(least), isZero(attribute(node, 'desired_capacity') ?? least)])
}

function isZero(size: Maybe<number>): Truth {
  if (isUnknown(size)) return 'unknown'
  return truth(size === 0)
}

/** The volumes for which the author names a key, in the launch templates of a group. */
export function templateVolumes(group: Node): readonly Volume[] {
  return templatesOf(group).flatMap(template => namedVolumes(template))
}

/** Where the images of a group are named, and under what they are encrypted. */
export function launchedImages(group: Node): readonly { readonly at: string; readonly encryption: ImageEncryption }[] {
  const templates = templatesOf(group).map(template => ({
    at: place(template, 'image_id'),
    encryption: imageEncryption(attribute(template, 'image_id')),
  }))
  const configurations = configurationsOf(group).map(each => ({
    at: place(each, 'image_id'),
    encryption: imageEncryption(attribute(each, 'image_id')),
  }))
  return [...templates, ...configurations, ...openTemplates(group), ...openConfigurations(group)]
}

/** The templates of a group of which it is not known which they are: what their images and volumes need is not known either. */
function openTemplates(group: Node): readonly { readonly at: string; readonly encryption: ImageEncryption }[] {
  return openTemplateNames(group).map(({ at, hole }) => ({
    at,
    encryption: [[{ kind: 'unknown', unknown: hole.unknown }]],
  }))
}

/** The launch configuration of a group, where it is not known which it is. */
function openConfigurations(group: Node): readonly { readonly at: string; readonly encryption: ImageEncryption }[] {
  if (group.type !== 'aws_autoscaling_group') return []
  const name = attribute(group as Node<Schema['aws_autoscaling_group']>, 'launch_configuration')
  if (!isUnknown(name) || configurationsBy(group, name).length > 0) return []
  return [{ at: place(group, 'launch_configuration'), encryption: [[{ kind: 'unknown', unknown: name.unknown }]] }]
}

/** The volumes of a launch template that name a key. */
export function namedVolumes(template: Node<Template>): readonly Volume[] {
  const from: Place = { account: template.account, region: template.region }
  return blocks(template, 'block_device_mappings')
    .flatMap(mapping => blocks(mapping, 'ebs'))
    .map(ebs => ({
      at: place(ebs, 'kms_key_id'),
      account: template.account,
      region: template.region,
      encryptions: encryptionsBy(attribute(ebs, 'kms_key_id'), from),
    }))
    .filter(volume => volume.encryptions.length > 0)
}

function serviceLinkedRole(group: Node<Schema['aws_autoscaling_group']>): Maybe<string> {
  return attribute(group, 'service_linked_role_arn')
}

/** Whether a service launches from a launch template, as its own role: Auto Scaling, a fleet, or Batch. */
export function isLaunchedByService(node: Node): boolean {
  return node.type === 'aws_launch_template' && launchedByService(node.id).length > 0
}

const launchedByService = index(function* () {
  for (const group of groups()) for (const template of templatesOf(group)) yield [template.id, group.id]
  for (const fleet of [
    ...resources('aws_ec2_fleet'),
    ...resources('aws_spot_fleet_request'),
    ...resources('aws_batch_compute_environment'),
  ])
    for (const template of templatesOf(fleet)) yield [template.id, fleet.id]
})

/** The launch templates of a group, node group, fleet or compute environment of Batch. */
export function templatesOf(node: Node): readonly Node<Template>[] {
  return templateNames(node).flatMap(({ id, name }) => templatesBy(node, id, name))
}

/** The places where such a thing names a template of which it is not known which it is. */
export function openTemplateNames(node: Node): readonly { readonly at: string; readonly hole: Unknown }[] {
  return templateNames(node).flatMap(({ at, id, name }) => {
    const hole = [id, name].find(value => isUnknown(value)) ?? null
    if (!isUnknown(hole) || templatesBy(node, id, name).length > 0) return []
    return [{ at, hole }]
  })
}

/** Where a launch template is named, by its id or its name. */
interface TemplateName {
  readonly at: string
  readonly id: Maybe<string>
  readonly name: Maybe<string>
}

function templateNames(node: Node): readonly TemplateName[] {
  if (node.type === 'aws_autoscaling_group') return groupTemplateNames(node)
  if (node.type === 'aws_eks_node_group')
    return blocks(node as Node<Schema['aws_eks_node_group']>, 'launch_template').map(shortName)
  if (node.type === 'aws_ec2_fleet')
    return blocks(node as Node<Schema['aws_ec2_fleet']>, 'launch_template_config')
      .flatMap(config => blocks(config, 'launch_template_specification'))
      .map(longName)
  if (node.type === 'aws_batch_compute_environment')
    return blocks(node as Node<Schema['aws_batch_compute_environment']>, 'compute_resources')
      .flatMap(compute => blocks(compute, 'launch_template'))
      .map(longName)
  if (node.type !== 'aws_spot_fleet_request') return []
  return blocks(node as Node<Schema['aws_spot_fleet_request']>, 'launch_template_config')
    .flatMap(config => blocks(config, 'launch_template_specification'))
    .map(shortName)
}

function groupTemplateNames(group: Node<Schema['aws_autoscaling_group']>): readonly TemplateName[] {
  const mixed = blocks(group, 'mixed_instances_policy').flatMap(policy => blocks(policy, 'launch_template'))
  const overrides = mixed.flatMap(block => blocks(block, 'override'))
  return [
    ...blocks(group, 'launch_template').map(shortName),
    ...mixed.flatMap(block => blocks(block, 'launch_template_specification')).map(longName),
    ...overrides.flatMap(block => blocks(block, 'launch_template_specification')).map(longName),
  ]
}

function shortName(block: Node): TemplateName {
  return nameIn(block, 'id', 'name')
}

function longName(block: Node): TemplateName {
  return nameIn(block, 'launch_template_id', 'launch_template_name')
}

function nameIn(block: Node, id: string, name: string): TemplateName {
  return {
    at: place(block, id),
    id: attribute(block, id) as Maybe<string>,
    name: attribute(block, name) as Maybe<string>,
  }
}

/** The launch templates of an instance, or of a request for one: what it does not say itself is there. */
export function instanceTemplates(
  instance: Node<Schema['aws_instance'] | Schema['aws_spot_instance_request']>,
): readonly Node<Template>[] {
  return blocks(instance, 'launch_template').flatMap(block =>
    templatesBy(instance, attribute(block, 'id'), attribute(block, 'name')),
  )
}

/** The launch configurations that a group may use. */
export function configurationsOf(group: Node): readonly Node<Schema['aws_launch_configuration']>[] {
  if (group.type !== 'aws_autoscaling_group') return []
  return configurationsBy(group, attribute(group as Node<Schema['aws_autoscaling_group']>, 'launch_configuration'))
}

/**
 * Under what the volumes are encrypted that a launch configuration makes, which names no key; of an image of which nothing is known only
 * where it asks for encryption itself.
 */
export function configuredEncryption(configuration: Node<Schema['aws_launch_configuration']>): ImageEncryption {
  const image = attribute(configuration, 'image_id')
  const devices = configuredDevices(configuration)
  if (imageEncryption(image).length === 0 && any(devices.map(({ encrypted }) => encrypted)) === 'no') return []
  return launchedEncryption(image, snapshotsOf(image), devices, configuration)
}

function configuredDevices(configuration: Node<Schema['aws_launch_configuration']>): readonly Asked[] {
  return [...blocks(configuration, 'root_block_device'), ...blocks(configuration, 'ebs_block_device')].map(device =>
    deviceAsked(device, configuration),
  )
}

/** Under what the snapshots of an image are encrypted; of one that is declared to have no keys, none is. */
export function snapshotsOf(image: Maybe<string>): ImageEncryption {
  const known = imageEncryption(image)
  if (known.length > 0) return known
  if (image !== null && !isUnknown(image) && declaredImage(image) !== null) return [[{ kind: 'none' }]]
  return [[{ kind: 'unknown', unknown: `the keys of ${imageName(image)} (images in keyreach.yaml)` }]]
}

/**
 * The volumes of a group that go under a default key of the account's own, since nobody names another: where the author asks for encryption,
 * or EBS encrypts by default. Node groups of EKS without a template launch images that AWS makes, and does not encrypt.
 */
export function defaultVolumes(group: Node): readonly Volume[] {
  const launched = [
    ...templatesOf(group).map(template => ({
      node: template as Node,
      image: attribute(template, 'image_id'),
      devices: blocks(template, 'block_device_mappings')
        .flatMap(mapping => blocks(mapping, 'ebs'))
        .map(ebs => deviceAsked(ebs, template)),
    })),
    ...configurationsOf(group).map(configuration => ({
      node: configuration as Node,
      image: attribute(configuration, 'image_id'),
      devices: configuredDevices(configuration),
    })),
  ].flatMap(({ node, image, devices }) => volumesUnderDefault(node, snapshotsOf(image), image, devices))
  if (group.type !== 'aws_eks_node_group' || launched.length > 0 || hasTemplate(group)) return launched
  return volumesUnderDefault(group, [[{ kind: 'none' }]], null, [])
}

function hasTemplate(group: Node<Schema['aws_eks_node_group']>): boolean {
  return blocks(group, 'launch_template').length > 0
}

/** The volumes that go under a default key where this is launched, by the encryption of the snapshots of its image. */
export function volumesUnderDefault(
  { address, account, region }: Node,
  snapshots: ImageEncryption,
  image: Maybe<string>,
  devices: readonly Asked[],
): readonly Volume[] {
  const place = { account, region }
  const defaults = defaultEncryption(place).flatMap(one => (one.kind === 'key' ? [one.key.id] : []))
  if (defaults.length === 0) return []
  const named = devices.flatMap(device => device.named).flatMap(one => (one.kind === 'key' ? [one.key.id] : []))
  const isEncrypting = any([...devices.map(device => device.encrypted), isEncryptedByDefault(place)]) === 'yes'
  return launchedEncryption(image, snapshots, devices, place)
    .map(alternatives =>
      isEncrypting && alternatives.some(one => one.kind === 'unknown')
        ? [...alternatives, ...defaultEncryption(place)]
        : alternatives,
    )
    .filter(alternatives =>
      alternatives.some(one => one.kind === 'key' && defaults.includes(one.key.id) && !named.includes(one.key.id)),
    )
    .map(encryptions => ({ at: address, account, region, encryptions }))
}

function configurationsBy(group: Node, name: Maybe<string>): readonly Node<Schema['aws_launch_configuration']>[] {
  if (name === null) return []
  if (isUnknown(name))
    return name.candidates.flatMap(resourceOf).filter(node => node.type === 'aws_launch_configuration')
  return configurationsNamed(`${group.plan}|${name}`).flatMap(resourceOf)
}

function templatesBy(group: Node, id: Maybe<string>, name: Maybe<string>): readonly Node<Template>[] {
  const referred = [id, name].flatMap(value => (isUnknown(value) ? value.candidates : []))
  const found = referred.flatMap(resourceOf).filter(node => node.type === 'aws_launch_template')
  if (found.length > 0) return found
  const written = [id, name].flatMap(value => (value === null || isUnknown(value) ? [] : [value]))
  return written.flatMap(value => templatesNamed(`${group.plan}|${value}`)).flatMap(resourceOf)
}

/** The launch templates of a plan by id and by name. */
const templatesNamed = index(function* () {
  for (const template of resources('aws_launch_template'))
    for (const value of [textOf(at(template.after, ['id'])), textOf(at(template.after, ['name'])), identity(template)])
      if (value !== null) yield [`${template.plan}|${value}`, template.id]
})

/** The launch configurations of a plan by name. */
const configurationsNamed = index(function* () {
  for (const configuration of resources('aws_launch_configuration')) {
    const name = textOf(at(configuration.after, ['name']))
    if (name !== null) yield [`${configuration.plan}|${name}`, configuration.id]
  }
})
