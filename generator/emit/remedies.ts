import type { JsonObject } from '../../policies/intrinsics'
import type { Fix } from '../../policies/lang/finding'

/** What fixes do, in general words: for whoever has the error and not the plan. */
export function remedies(fixes: readonly Fix[]): readonly string[] {
  return [...new Set(fixes.map(fix => remedy(fix, fixes)))]
}

function remedy(fix: Fix, all: readonly Fix[]): string {
  switch (fix.kind) {
    case 'key-policy-statement':
      return `in the account of the key, ${effect(fix, all)} in its policy`
    case 'identity-statement':
      return `in the account of the role or user, ${effect(fix, all)} in a policy of its own`
    case 'trust-statement':
      return `in the trust policy of the role, ${effect(fix, all)}`
    case 'remove-statement':
      return `take the statement out of ${nameOf(fix.target)}`
    case 'edit-statement':
      return `mend the statement in ${nameOf(fix.target)}`
    case 'remove':
      return `take the ${nameOf(fix.target)} out`
    case 'depends-on':
      return `let the ${nameOf(fix.target)} depend on the ${nameOf(fix.on)}`
    case 'resource':
      return `add an \`${fix.type}\`, with the credentials of the account and in the region that need it`
    case 'move':
      return `make the \`${fix.type}\` with the credentials of the account and in the region that need it`
    case 'action':
      return `write the action as AWS has it: \`${fix.to}\` for \`${fix.from}\``
    case 'principal':
      return `name the principal in ${nameOf(fix.target)} by the ARN that it has`
    case 'attribute':
      return `${fix.value === null ? 'unset' : 'set'} \`${settingOf(fix.path)}\` of the ${nameOf(fix.target)}`
  }
}

/** What statements of one kind do: all their actions together. */
function effect({ kind, statement }: Stating, all: readonly Fix[]): string {
  const alike = all.filter(isStating).filter(fix => fix.kind === kind && fix.statement.Effect === statement.Effect)
  const actions = new Set(alike.flatMap(fix => fix.statement.Action ?? []).map(action => `\`${action}\``))
  return `${statement.Effect === 'Deny' ? 'deny' : 'allow'} ${[...actions].sort().join(', ')}`
}

type Stating = Extract<Fix, { readonly statement: JsonObject }>

function isStating(fix: Fix): fix is Stating {
  return 'statement' in fix && typeof fix.statement === 'object'
}

/** The type of a resource with, if it is named, the attribute: `aws_kms_key.policy` of `module.a.aws_kms_key.image[0].policy`. */
function nameOf(target: string): string {
  const [, type = target, attribute] = /(?:^|\.)([a-z]+_\w+)\.[\w-]+(?:\[[^\]]*\])?(\.\w+)?/.exec(target) ?? []
  return `\`${type}${attribute ?? ''}\``
}

/** A path without the places of its blocks. */
function settingOf(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '')
}
