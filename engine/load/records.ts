import { isObject, type Json, type JsonObject } from '../../policies/intrinsics'

/** A resource as a plan or state has it, and its values. */
export interface Values {
  readonly item: JsonObject
  readonly values: JsonObject
}

/** What a plan or state says of each resource: after its change, before it where it goes, and where nothing changes. */
export function recordsIn(plan: JsonObject): readonly Values[] {
  const { resource_changes: changes, deferred_changes: deferred, values, prior_state: prior } = plan
  return [
    ...objects(changes).flatMap(changeValues),
    ...objects(deferred).flatMap(({ resource_change: item }) => (isObject(item) ? changeValues(item) : [])),
    ...[values, isObject(prior) ? prior.values : null].flatMap(state =>
      isObject(state) && isObject(state.root_module) ? moduleValues(state.root_module) : [],
    ),
  ]
}

function changeValues(item: JsonObject): readonly Values[] {
  const { after, before } = isObject(item.change) ? item.change : ({} as JsonObject)
  const values = isObject(after) ? after : before
  return isObject(values) ? [{ item, values }] : []
}

function moduleValues({ resources, child_modules: children }: JsonObject): readonly Values[] {
  const own = objects(resources).flatMap(item => (isObject(item.values) ? [{ item, values: item.values }] : []))
  return [...own, ...objects(children).flatMap(moduleValues)]
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
