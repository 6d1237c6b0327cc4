import { at, isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { RESOURCE_TYPES } from '../policies/lang/schema'
import type { World } from './world'

/**
 * The part of a world that rules read, for engines that have to be sent it: a third to a half of what Terraform prints.
 * No finding changes by it: `policies/lang/changes.ts` passes over the same resources.
 */
export function projected(world: World): World {
  // A plan alone and conftest's array are worlds to the rules as well.
  if (!Array.isArray(world.plans)) return world
  return { ...world, plans: world.plans.map(entry => ({ ...entry, plan: plan(entry.plan) })) }
}

function plan({
  resource_changes: changes,
  deferred_changes: deferred,
  prior_state: prior,
  planned_values,
  values,
  ...rest
}: JsonObject): JsonObject {
  const { format_version, terraform_version, configuration, variables } = rest
  const present = Array.isArray(changes) ? changes.filter(item => isObject(item) && item.deposed === undefined) : []
  const changed = new Set(present.map(item => isObject(item) && item.address))
  return {
    ...picked({ format_version, terraform_version, configuration, variables }),
    ...(isObject(prior) && { prior_state: { values: recorded(prior.values, item => !changed.has(item.address)) } }),
    ...(values !== undefined && { values: recorded(values) }),
    ...(Array.isArray(deferred) && { deferred_changes: deferred.filter(isObject).map(deferredChange) }),
    ...(Array.isArray(changes)
      ? { resource_changes: changes.filter(isRead).map(change) }
      : { planned_values: recorded(planned_values) }),
  }
}

function deferredChange({ reason, resource_change: item }: JsonObject): JsonObject {
  return isRead(item) ? picked({ reason, resource_change: change(item) }) : picked({ reason })
}

function change(item: Json): Json {
  if (!isObject(item)) return item
  const { address, module_address, mode, type, name, index, deposed } = item
  const { actions, after, after_unknown, after_sensitive, before, before_sensitive } = isObject(item.change)
    ? item.change
    : ({} as JsonObject)
  // What was before is read only of what goes.
  const goes = Array.isArray(actions) && actions.some(action => action === 'delete' || action === 'forget')
  return {
    ...picked({ address, module_address, mode, type, name, index, deposed }),
    change: {
      ...picked({ actions, after, after_unknown, after_sensitive }),
      ...(goes && picked({ before, before_sensitive })),
    },
  }
}

/** The values of a state, or of what is planned, with the resources that rules read. */
function recorded(values: Json | undefined, isWanted: (item: JsonObject) => boolean = () => true): Json {
  return isObject(values) && isObject(values.root_module) ? { root_module: module(values.root_module, isWanted) } : null
}

function module(
  { address, resources, child_modules: children }: JsonObject,
  isWanted: (item: JsonObject) => boolean,
): JsonObject {
  return {
    ...picked({ address }),
    ...(Array.isArray(resources) && { resources: resources.filter(item => isRead(item) && isWanted(item)) }),
    ...(Array.isArray(children) && { child_modules: children.filter(isObject).map(child => module(child, isWanted)) }),
  }
}

function isRead(item: Json | undefined): item is JsonObject {
  return isObject(item) && at(RESOURCE_TYPES, [String(item.mode), String(item.type)]) !== null
}

function picked(values: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, Json] => pair[1] !== undefined))
}
