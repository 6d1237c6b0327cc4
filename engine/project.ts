import { isObject, type Json, type JsonObject } from '../policies/intrinsics'
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
  prior_state: prior,
  planned_values,
  values,
  ...rest
}: JsonObject): JsonObject {
  const { format_version, terraform_version, configuration, variables } = rest
  return {
    ...picked({ format_version, terraform_version, configuration, variables }),
    ...(isObject(prior) && { prior_state: { values: recorded(prior.values) } }),
    ...(values !== undefined && { values: recorded(values) }),
    ...(Array.isArray(changes)
      ? { resource_changes: changes.filter(isRead).map(change) }
      : { planned_values: recorded(planned_values) }),
  }
}

function change(item: Json): Json {
  if (!isObject(item)) return item
  const { address, module_address, mode, type, name, index, deposed } = item
  const { actions, after, after_unknown, after_sensitive } = isObject(item.change) ? item.change : ({} as JsonObject)
  const slim = picked({ actions, after, after_unknown, after_sensitive })
  return { ...picked({ address, module_address, mode, type, name, index, deposed }), change: slim }
}

/** The values of a state, or of what is planned, with the resources that rules read. */
function recorded(values: Json | undefined): Json {
  return isObject(values) && isObject(values.root_module) ? { root_module: module(values.root_module) } : null
}

function module({ address, resources, child_modules: children }: JsonObject): JsonObject {
  return {
    ...picked({ address }),
    ...(Array.isArray(resources) && { resources: resources.filter(isRead) }),
    ...(Array.isArray(children) && { child_modules: children.filter(isObject).map(module) }),
  }
}

function isRead(item: Json): boolean {
  return isObject(item) && `${item.mode === 'data' ? 'data.' : ''}${String(item.type)}` in RESOURCE_TYPES
}

function picked(values: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, Json] => pair[1] !== undefined))
}
