import type { JsonObject } from '../../policies/intrinsics'
import type { ConstructModel } from '../constructs'
import { cell, codeBlock, page, table } from '../emit/markdown'
import type { Variable } from './variables'

interface Output {
  readonly name: string
  readonly block: JsonObject
}

/** The page of a module. */
export function readmeOf(
  name: string,
  source: string,
  construct: ConstructModel,
  variables: readonly Variable[],
  outputs: readonly Output[],
  example: string,
): string {
  const inputs = variables.map(variable => [
    `\`${variable.name}\``,
    `\`${cell(variable.type)}\``,
    variable.default === null ? 'required' : `\`${variable.default}\``,
    cell(variable.description),
  ])
  const given = outputs.map(({ name, block }) => [`\`${name}\``, cell(String(block.description))])
  return page([
    `<!-- Generated from ${source}; do not edit. -->`,
    `# ${name}`,
    construct.summary,
    construct.description,
    `This is what the construct [${construct.name}](../../docs/constructs/${name}.md) makes, as a module of plain Terraform.`,
    '## Example',
    codeBlock('hcl', example),
    '## Inputs',
    table(['name', 'type', 'default', 'what it is'], inputs),
    '## Outputs',
    table(['name', 'what it is'], given),
  ])
}

/** The page of all modules. */
export function indexOf(modules: readonly { readonly name: string; readonly construct: ConstructModel }[]): string {
  return page([
    '<!-- Generated from modules/terraform; do not edit. -->',
    '# Modules of plain Terraform',
    'What the [constructs](../docs/constructs/README.md) make, for who does not use CDK for Terraform. Each module has one provider and is called once in each account; the module of a key gives what the others take as `key`.',
    modules.map(({ name, construct }) => `- [${name}](${name}/README.md). ${construct.summary}`).join('\n'),
    'They need Terraform 1.9 and version 6 of the provider for AWS.',
  ])
}
