import { configurationsOf, groups, templatesOf } from './launch'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, type Node } from './plan'
import type { Schema } from './schema'
import { isInSpotMarket } from './spot'
import { any, type Truth, truth } from './truth'

/** A group that launches Spot Instances, or may. */
export interface SpotGroup {
  readonly group: Node
  readonly isSpot: Truth
}

/** The groups of Auto Scaling and node groups of EKS that launch Spot Instances, or may. */
export function spotGroups(): readonly SpotGroup[] {
  return groups()
    .map(group => ({ group, isSpot: launchesSpot(group) }))
    .filter(({ isSpot }) => isSpot !== 'no')
}

function launchesSpot(group: Node): Truth {
  const asked = [
    ...templatesOf(group).map(isInSpotMarket),
    ...configurationsOf(group).map(configuration => isGiven(attribute(configuration, 'spot_price'))),
  ]
  if (group.type === 'aws_eks_node_group')
    return any([isSpotCapacity(group as Node<Schema['aws_eks_node_group']>), ...asked])
  return any([...mixtures(group as Node<Schema['aws_autoscaling_group']>), ...asked])
}

function isSpotCapacity(nodes: Node<Schema['aws_eks_node_group']>): Truth {
  const capacity = attribute(nodes, 'capacity_type')
  if (isUnknown(capacity)) return 'unknown'
  return truth(capacity === 'SPOT')
}

/** Whether policies for mixed instances leave part of them to Spot; where they say nothing of that, none. */
function mixtures(group: Node<Schema['aws_autoscaling_group']>): readonly Truth[] {
  return blocks(group, 'mixed_instances_policy')
    .flatMap(policy => blocks(policy, 'instances_distribution'))
    .map(distribution => isPart(attribute(distribution, 'on_demand_percentage_above_base_capacity')))
}

function isPart(onDemand: Maybe<number>): Truth {
  if (isUnknown(onDemand)) return 'unknown'
  return truth(onDemand !== null && onDemand < 100)
}

function isGiven(price: Maybe<string>): Truth {
  if (isUnknown(price)) return 'unknown'
  return truth(price !== null)
}
