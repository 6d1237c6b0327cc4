import { readFileSync } from 'node:fs'
import type { Shown } from '../../modules/terraform/runs'
import type { Constructs } from '../constructs'
import type { File } from '../file'
import { indexOf, readmeOf } from './readme'
import { type Configured, configurationOf } from './resources'
import { runModules } from './run'
import { snake, specimenOf } from './specimen'
import { type Described, descriptionOf, variablesOf } from './variables'

/** The modules of plain Terraform, each in its folder: what constructs make, with variables. */
export async function emitModules({ constructs, types }: Constructs): Promise<readonly File[]> {
  const modules = await runModules()
  const described = [...modules].map(([name, shown]) => {
    const construct = constructs.find(one => one.name === shown.construct)
    if (!construct) throw new Error(`there is no construct ${shown.construct}`)
    return { name, shown, construct }
  })
  return [
    ...described.flatMap(({ name, shown, construct }) => moduleOf(name, shown, { construct, types })),
    { path: 'terraform/README.md', text: indexOf(described) },
  ]
}

function moduleOf(name: string, shown: Shown, described: Described): readonly File[] {
  const folder = `terraform/${name}`
  const specimen = specimenOf(shown.specimen)
  const configured = configurationOf(shown, specimen)
  const variables = variablesOf(shown, specimen, configured.defaults, described)
  const outputs = Object.entries(configured.output).map(([output, value]) => ({
    name: snake(output),
    block: { description: descriptionOf(output, null, shown, described), value },
  }))
  const example = readFileSync(`examples/terraform/${name}.tf`, 'utf8')
  const source = `modules/terraform/${name}.ts and ${described.construct.file}`
  return [
    json(`${folder}/main.tf.json`, { '//': `Generated from ${source}; do not edit.`, ...mainOf(configured) }),
    json(`${folder}/variables.tf.json`, { variable: blocks(variables) }),
    json(`${folder}/outputs.tf.json`, { output: blocks(outputs) }),
    { path: `${folder}/README.md`, text: readmeOf(name, source, described.construct, variables, outputs, example) },
  ]
}

/** The variables of a validation may be others than its own since Terraform 1.9; resources have regions since version 6 of the provider. */
const required = {
  required_version: '>= 1.9',
  required_providers: { aws: { source: 'hashicorp/aws', version: '>= 6.0' } },
}

function mainOf({ resource, locals, output }: Configured): object {
  const usesPartition = JSON.stringify([resource, locals, output]).includes('data.aws_partition.this')
  return {
    terraform: required,
    ...(usesPartition && { data: { aws_partition: { this: {} } } }),
    ...(Object.keys(locals).length > 0 && { locals }),
    resource,
  }
}

function blocks(all: readonly { readonly name: string; readonly block: object }[]): object {
  return Object.fromEntries(all.map(({ name, block }) => [name, block]))
}

function json(path: string, value: object): File {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` }
}
