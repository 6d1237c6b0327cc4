import { at, distinct, index, isObject, type Json, keys, reachable, remembered, withoutInstances } from '../intrinsics'
import { callOf, childOf, configuredModules, moduleOf, parentOf, referencesOf } from './configuration'
import type { Fix } from './finding'
import { listOf, objectOf, textOf, textsOf } from './json'
import { fileBefore, type Node } from './plan'
import type { Truth } from './truth'

/*
 * In which order Terraform makes things: a resource waits for what it, its module or what it refers to depends on or refers to, through
 * variables, outputs, data sources and whatever else is in the configuration. Names are those of `configuration`, without instances:
 * `plan|outer/inner|aws_kms_key.a`; `*` in place of a name stands for what all of a module waits for, `all` for all that is in it.
 * Terraform's JSON has no expressions of locals: a way that leads through one is not seen.
 */

/** Whether Terraform makes a resource only after another of the same plan; unknown where a local may be the way from one to the other. */
export function waitsFor(node: Node, other: Node): Truth {
  if (precedents(node.written).includes(other.written)) return 'yes'
  if (node.expressions.length === 0 || localsBetween(node, other).length > 0) return 'unknown'
  return 'no'
}

/**
 * Lets a resource wait for another of the same plan, in the module where both can be named: the one or the other there may be the call of
 * the module that holds it.
 */
export function waitFix(node: Node, other: Node): readonly Fix[] {
  const own = stepsTo(node.module)
  const others = stepsTo(other.module)
  const common = own.filter((_, i) => upTo(own, i) === upTo(others, i)).length
  return [
    {
      kind: 'depends-on',
      account: node.account,
      target: own.length === common ? node.address : `${fileBefore(node)}module.${upTo(own, common)}`,
      on: others.length === common ? other.local : `module.${others[common] ?? ''}`,
    },
  ]
}

function upTo(steps: readonly string[], last: number): string {
  return steps.filter((_, i) => i <= last).join('.module.')
}

/** `0|outer/inner` → `outer`, `inner` */
function stepsTo(module: string): readonly string[] {
  return (module.split('|')[1] ?? '').split('/').filter(name => name !== '')
}

/** The locals that may be the way from a resource to another. What the other refers to itself cannot wait for it. */
function localsBetween(node: Node, other: Node): readonly string[] {
  const own = localsOf(other.written)
  return localsOf(node.written).filter(name => !own.includes(name))
}

const precedents = remembered((written: string): readonly string[] => reachable(steps, [written]))

const localsOf = remembered((written: string): readonly string[] =>
  distinct(precedents(written).flatMap(name => steps(name).filter(target => target.includes('|local.')))),
)

const steps = index(function* () {
  for (const module of configuredModules()) {
    for (const target of [...parentSteps(module), ...metaSteps(parentOf(module), callOf(module))])
      yield [`${module}|*`, target]
    for (const resource of listOf(at(moduleOf(module), ['resources']))) {
      const name = `${module}|${textOf(at(resource, ['address'])) ?? ''}`
      yield [`${module}|all`, name]
      yield [name, `${module}|*`]
      for (const target of [...metaSteps(module, resource), ...expressionSteps(module, at(resource, ['expressions']))])
        yield [name, target]
    }
    for (const variable of keys(objectOf(at(moduleOf(module), ['variables']))))
      for (const target of targets(parentOf(module), referencesOf(at(callOf(module), ['expressions', variable]))))
        yield [`${module}|var.${variable}`, target]
    for (const call of keys(objectOf(at(moduleOf(module), ['module_calls'])))) {
      const child = childOf(module, call)
      yield [`${module}|module.${call}`, `${child}|all`]
      yield [`${module}|all`, `${child}|all`]
      for (const output of keys(objectOf(at(moduleOf(child), ['outputs']))))
        for (const target of outputSteps(child, at(moduleOf(child), ['outputs', output])))
          yield [`${module}|module.${call}.${output}`, target]
    }
  }
})

function parentSteps(module: string): readonly string[] {
  if (module.endsWith('|')) return []
  return [`${parentOf(module)}|*`]
}

/** What `depends_on`, `count` and `for_each` of a resource or call name. */
function metaSteps(module: string, block: Json): readonly string[] {
  return targets(module, [
    ...textsOf(at(block, ['depends_on'])),
    ...referencesOf(at(block, ['count_expression'])),
    ...referencesOf(at(block, ['for_each_expression'])),
  ])
}

function outputSteps(module: string, output: Json): readonly string[] {
  return targets(module, [...textsOf(at(output, ['depends_on'])), ...referencesOf(at(output, ['expression']))])
}

/** What the expressions of a resource name, those in its blocks included, to five levels of blocks. */
function expressionSteps(module: string, expressions: Json): readonly string[] {
  const first = partsOf(expressions)
  const second = inside(first)
  const third = inside(second)
  const fourth = inside(third)
  const fifth = inside(fourth)
  return targets(
    module,
    [first, second, third, fourth, fifth, inside(fifth)].flatMap(level => level.flatMap(each => referencesOf(each))),
  )
}

function inside(values: readonly Json[]): readonly Json[] {
  return values.flatMap(value => {
    if (Array.isArray(value)) return value.flatMap(block => partsOf(block))
    return partsOf(value)
  })
}

function partsOf(value: Json): readonly Json[] {
  if (!isObject(value)) return []
  return keys(value).map(name => at(value, [name]))
}

/** The names that references stand for in a module: resources, variables, outputs, whole modules and locals. */
function targets(module: string, references: readonly string[]): readonly string[] {
  return references.map(reference => `${module}|${nameIn(withoutInstances(reference))}`)
}

/** `aws_kms_key.a.arn` → `aws_kms_key.a`; `data.aws_kms_key.a.arn` → `data.aws_kms_key.a`; `module.keys.arns["x"]` → `module.keys.arns`. */
function nameIn(reference: string): string {
  const parts = reference.split('.')
  if (parts[0] === 'data' || parts[0] === 'module') return parts.slice(0, 3).join('.')
  return parts.slice(0, 2).join('.')
}
