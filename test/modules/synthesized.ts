import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { type App, TerraformStack, Testing } from 'cdktf'
import { previewOf } from '../../engine/load/preview'
import type { TemplateEntry, World } from '../../engine/world'
import type { PackerTemplate } from '../../modules'
import type { JsonObject } from '../../policies/intrinsics'

export const owner = '444455556666'
export const consumer = '111122223333'
export const other = '222233334444'

/** An application of one stack an account, each with a provider of `eu-central-1` that has no alias. */
export class Accounts {
  readonly app: App = Testing.app()
  /** The accounts whose deployer and launcher are known. */
  readonly declared = new Set<string>()
  /** A template of Packer that belongs to it. */
  template: PackerTemplate | null = null
  private readonly stacks = new Map<string, TerraformStack>()

  of(account: string): TerraformStack {
    const known = this.stacks.get(account)
    if (known) return known
    const stack = new TerraformStack(this.app, `account-${account}`)
    new AwsProvider(stack, 'aws', { region: 'eu-central-1', allowedAccountIds: [account] })
    this.stacks.set(account, stack)
    return stack
  }

  /** The resources of a stack as they are synthesized, by type and id. */
  resources(account: string): { readonly [type: string]: { readonly [id: string]: JsonObject } } {
    return this.documents().get(account)?.resource as never
  }

  /** What Terraform would plan for all of it, and what is declared besides. */
  world(edit: (document: JsonObject, account: string) => JsonObject = one => one, documents = this.documents()): World {
    const entries = [...documents].map(([account, document]) => ({
      file: `${account}/cdk.tf.json`,
      name: this.of(account).node.id,
      account,
      documents: [edit(document, account)],
    }))
    const accounts = Object.fromEntries(
      [...this.declared].map(account => [
        account,
        { deployer: `arn:aws:iam::${account}:role/deployer`, launchers: [`arn:aws:iam::${account}:role/launcher`] },
      ]),
    )
    return { accounts, plans: previewOf(entries), ...(this.template && { templates: [templateEntry(this.template)] }) }
  }

  /** What would be synthesized for each account, which nothing has checked. */
  unchecked(): ReadonlyMap<string, JsonObject> {
    for (const stack of this.stacks.values()) stack.prepareStack()
    return new Map(
      [...this.stacks].map(([account, stack]) => [account, JSON.parse(JSON.stringify(stack.toTerraform()))]),
    )
  }

  /** What is synthesized for each account, checked as `cdktf synth` checks it. */
  documents(): ReadonlyMap<string, JsonObject> {
    this.app.synth()
    return new Map(
      [...this.stacks].map(([account, { node }]) => {
        const file = join(this.app.outdir, 'stacks', node.id, 'cdk.tf.json')
        return [account, JSON.parse(readFileSync(file, 'utf8'))]
      }),
    )
  }
}

function templateEntry({ settings }: PackerTemplate): TemplateEntry {
  const builder = { at: 'source.amazon-ebs.image', type: 'amazon-ebs', settings: settings as JsonObject }
  return { file: 'packer.pkr.hcl', account: owner, role: `arn:aws:iam::${owner}:role/packer`, builders: [builder] }
}
