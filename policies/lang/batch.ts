import { lower } from '../intrinsics'
import { templatesOf, volumesUnderDefault } from './launch'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node, resources } from './plan'
import type { Schema } from './schema'
import { type Specification, templateSpecification } from './specification'
import { defaultKeys, type NeededKey, neededKeys, type RoleUse, roleOf, roleUses } from './spot'
import type { Term } from './statement'
import { all, type Truth, truth } from './truth'

type Environment = Schema['aws_batch_compute_environment']
type Compute = Environment['blocks']['compute_resources']

/**
 * What the service-linked roles need of keys as which Batch has instances launched.
 * https://docs.aws.amazon.com/batch/latest/userguide/spot_fleet_IAM_role.html
 */
export function batchUses(): readonly RoleUse[] {
  return resources('aws_batch_compute_environment').flatMap(environment =>
    blocks(environment, 'compute_resources').flatMap(compute =>
      roleUses(
        environment,
        launchingRole(environment, compute),
        launches(environment, compute),
        launchedKeys(environment, compute),
      ),
    ),
  )
}

/** Whether Batch has instances launched: not on Fargate, and not where others bring them. */
function launches(environment: Node<Environment>, compute: Node<Compute>): Truth {
  return all([
    isAmong(attribute(environment, 'type'), ['managed']),
    isAmong(attribute(compute, 'type'), ['ec2', 'spot']),
  ])
}

function isAmong(value: Maybe<string>, words: readonly string[]): Truth {
  if (isUnknown(value)) return 'unknown'
  return truth(words.includes(lower(value ?? '')))
}

/** A Spot Fleet launches the Spot Instances of the strategy `BEST_FIT`, which is the one where none is named; Auto Scaling all others. */
function launchingRole(environment: Node<Environment>, compute: Node<Compute>): Term {
  const type = attribute(compute, 'type')
  const strategy = attribute(compute, 'allocation_strategy')
  if (isUnknown(type)) return type
  if (lower(type ?? '') !== 'spot') return roleOf(environment, 'autoscaling.amazonaws.com')
  if (isUnknown(strategy)) return strategy
  if (['', 'best_fit'].includes(lower(strategy ?? ''))) return roleOf(environment, 'spotfleet.amazonaws.com')
  return roleOf(environment, 'autoscaling.amazonaws.com')
}

/** The images that AWS makes for Batch are not encrypted; volumes go under the default key where no template names another. */
function launchedKeys(environment: Node<Environment>, compute: Node<Compute>): readonly NeededKey[] {
  const launched = specifications(environment, compute)
  const isPlain = launched.length === 0 && blocks(compute, 'launch_template').length === 0
  if (isPlain) return volumesUnderDefault(environment, [[{ kind: 'none' }]], null, []).flatMap(defaultKeys)
  return launched.flatMap(neededKeys)
}

/** The images that an environment names go before that of its template, whose volumes they take. */
function specifications(environment: Node<Environment>, compute: Node<Compute>): readonly Specification[] {
  const templates = templatesOf(environment).map(templateSpecification)
  const devices = templates.flatMap(template => template.devices)
  const overrides = blocks(compute, 'ec2_configuration').flatMap((block): readonly Specification[] => {
    const image = attribute(block, 'image_id_override')
    if (image === null) return []
    return [{ node: block, by: 'image_id_override', image, devices, isWhole: true }]
  })
  const image = attribute(compute, 'image_id')
  const own: readonly Specification[] =
    image === null ? [] : [{ node: compute, by: 'image_id', image, devices, isWhole: true }]
  const named = [...overrides, ...own]
  if (named.length > 0) return named
  return templates
}
