import type { Json, JsonObject } from '../../policies/intrinsics'
import { type Address, indexText, localAddress, type Step, stepText } from '../address'

/** A module of the configuration while it is being put together. */
export interface Module {
  readonly resources: Map<string, JsonObject>
  readonly calls: Map<
    string,
    { readonly step: Step; readonly expressions: Record<string, Json>; readonly module: Module }
  >
  readonly outputs: Record<string, Json>
  readonly variables: Record<string, Json>
}

/** A module with nothing in it. */
export function emptyModule(): Module {
  return { resources: new Map(), calls: new Map(), outputs: {}, variables: {} }
}

/** The module at `steps` below `root`, with the calls that lead to it. */
export function moduleAt(root: Module, steps: readonly Step[]): Module {
  let here = root
  for (const step of steps) {
    const call = here.calls.get(step.name) ?? { step, expressions: {}, module: emptyModule() }
    here.calls.set(step.name, call)
    here = call.module
  }
  return here
}

/**
 * The references that an expression in the module at `from` has to an attribute of a resource.
 * Between modules the value goes through an output on the way out and a variable on the way in, as Terraform demands; both are added.
 */
export function route(root: Module, from: readonly Step[], target: Address): readonly string[] {
  const name = [target.type, target.name, ...target.attribute.map(step => step.name)].join('_')
  const shared = sharedLength(from, target.modules)
  let references = referenceList(target)
  for (let depth = target.modules.length; depth > shared; depth--) {
    moduleAt(root, target.modules.slice(0, depth)).outputs[name] = { expression: { references } }
    references = outputReferences(target.modules[depth - 1], name)
  }
  for (let depth = shared; depth < from.length; depth++) {
    const step = from[depth]
    const call = step && moduleAt(root, from.slice(0, depth)).calls.get(step.name)
    if (!call) break
    call.expressions[name] = { references }
    call.module.variables[name] = {}
    references = [`var.${name}`]
  }
  return references
}

/** The module as Terraform prints it. */
export function render(module: Module): JsonObject {
  const calls = [...module.calls].map(([name, { step, expressions, module: called }]) => [
    name,
    { source: `./modules/${name}`, expressions, module: render(called), ...repetition(step.index) },
  ])
  return {
    ...(Object.keys(module.outputs).length > 0 && { outputs: module.outputs }),
    resources: [...module.resources.keys()].sort().map(address => module.resources.get(address) ?? {}),
    ...(calls.length > 0 && { module_calls: Object.fromEntries(calls) as JsonObject }),
    ...(Object.keys(module.variables).length > 0 && { variables: module.variables }),
  }
}

/** What the configuration says of `count` or `for_each`, given the key of an instance. */
export function repetition(index: string | number | null): JsonObject {
  if (typeof index === 'number') return { count_expression: { constant_value: index + 1 } }
  if (typeof index === 'string') return { for_each_expression: { references: ['local.each'] } }
  return {}
}

/** `aws_kms_key.a[0].arn` refers to that, to the instance, and to the resource. */
function referenceList(target: Address): readonly string[] {
  const resource = localAddress(target)
  const instance = `${resource}${indexText(target.index)}`
  return distinct([[instance, ...target.attribute.map(stepText)].join('.'), instance, resource])
}

function outputReferences(step: Step | undefined, name: string): readonly string[] {
  if (!step) return []
  const instance = `module.${stepText(step)}`
  return distinct([`${instance}.${name}`, instance, `module.${step.name}`])
}

function sharedLength(a: readonly Step[], b: readonly Step[]): number {
  const differs = a.findIndex((step, i) => step.name !== b[i]?.name || step.index !== b[i]?.index)
  return differs < 0 ? a.length : differs
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
