import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

interface Resource {
  readonly address: string
  readonly index?: string | number
}

interface Plan {
  resource_changes: readonly Resource[]
  planned_values: { root_module: { resources: readonly Resource[] } }
  prior_state: { values: { root_module: { resources: readonly Resource[] } } }
}

/**
 * A plan that the real Terraform made of 2,034 resources (services with keys, roles, launch templates and groups, Image Builder
 * pipelines), or the same with every `count` and `for_each` going `times` as far; names that hold an instance's key are renamed with it.
 */
export function largePlan(times = 1): string {
  const text = gunzipSync(readFileSync('test/fixtures/large/plan.json.gz')).toString('utf8')
  if (times === 1) return text
  const [plan, ...copies] = Array.from({ length: times }, (_, i) => copy(text, i))
  if (!plan) throw new Error('a plan cannot be had less than once')
  for (const { resource_changes, planned_values, prior_state } of copies) {
    plan.resource_changes = plan.resource_changes.concat(resource_changes)
    const planned = plan.planned_values.root_module
    planned.resources = planned.resources.concat(planned_values.root_module.resources)
    const prior = plan.prior_state.values.root_module
    prior.resources = prior.resources.concat(prior_state.values.root_module.resources)
  }
  return JSON.stringify(plan)
}

/** The `i`th copy; of all but the first, what has no instances is left out. */
function copy(text: string, i: number): Plan {
  if (i === 0) return JSON.parse(text)
  const plan: Plan = JSON.parse(text.replace(/service-(?=\d{3})/g, `service-${i}`))
  plan.resource_changes = plan.resource_changes.flatMap(resource => moved(resource, i))
  plan.planned_values.root_module.resources = plan.planned_values.root_module.resources.flatMap(r => moved(r, i))
  plan.prior_state.values.root_module.resources = plan.prior_state.values.root_module.resources.flatMap(r =>
    moved(r, i),
  )
  return plan
}

function moved(resource: Resource, i: number): readonly Resource[] {
  if (resource.index === undefined) return []
  if (typeof resource.index === 'string') return [resource]
  const index = resource.index + i * 1000
  return [{ ...resource, index, address: resource.address.replace(/\d+\]$/, `${index}]`) }]
}
