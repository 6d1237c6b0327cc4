import type { Finding } from '../../policies/lang/finding'
import { recordsIn } from '../load/records'
import type { PlanEntry, World } from '../world'
import { resourceIn } from './place'

/** The file that shows what a finding speaks of; null where it came by standard input. */
export type OriginOf = (finding: Finding) => string | null

/**
 * Where findings of a world come from: the plan with the resource or the template with the builder; else a plan of the account, else the
 * first file.
 */
export function originsIn({ plans, templates = [] }: World): OriginOf {
  const byAddress = new Map<string, PlanEntry[]>()
  for (const entry of plans)
    for (const { item } of recordsIn(entry.plan))
      for (const address of [`${item.address}`, `${entry.file}:${item.address}`]) {
        const entries = byAddress.get(address)
        if (entries) entries.push(entry)
        else byAddress.set(address, [entry])
      }
  const first = plans[0]?.file ?? templates[0]?.file
  return ({ at, account }) => {
    const isOfAccount = (entry: PlanEntry): boolean =>
      account !== null && [entry.account, ...Object.values(entry.providers ?? {})].includes(account)
    const template = templates.find(({ file }) => at.startsWith(`${file}:`))
    const shown = byAddress.get(resourceIn(at)) ?? []
    const plan = shown.find(isOfAccount) ?? shown[0] ?? plans.find(isOfAccount)
    const file = template?.file ?? plan?.file ?? first
    return file === undefined || file === '-' ? null : file
  }
}
