import { readFileSync, writeFileSync } from 'node:fs'
import type { Finding } from '../policies/lang/finding'
import type { Previewed } from './load'
import { type SynthesizedBody, stackFilesIn } from './synthesize'

/** A part of what a program makes, and what fails where it is missing. */
export interface Missing {
  /** What the part is: Markdown of one line. */
  readonly part: string
  readonly findings: readonly Finding[]
}

/**
 * Leaves out of the `cdktf.out` in a folder, in turn, what each construct makes of a type, and the statements that allow the same in its
 * policies, and gives what keyreach finds then, where it finds anything.
 */
export async function withoutEach(
  folder: string,
  preview: (folder: string) => Promise<Previewed>,
): Promise<readonly Missing[]> {
  const files = stackFilesIn(folder)
  const stacks = files.map(file => JSON.parse(readFileSync(file, 'utf8')) as Stack)
  const write = (edit: Edit): void => {
    for (const [i, file] of files.entries()) writeFileSync(file, JSON.stringify(edited(stacks[i] ?? {}, edit)))
  }
  const missing: Missing[] = []
  for (const [part, edit] of partsOf(stacks)) {
    write(edit)
    const { report } = await preview(folder)
    const findings = report.findings.filter(({ verdict }) => verdict === 'fail')
    if (findings.length > 0) missing.push({ part, findings })
  }
  write((_, body) => body)
  return missing
}

/** A stack as it is synthesized. */
interface Stack {
  readonly resource?: { readonly [type: string]: { readonly [name: string]: SynthesizedBody } }
}

/** What becomes of a resource; null where it goes. */
type Edit = (type: string, body: SynthesizedBody) => SynthesizedBody | null

/** Parts by what they are, and how each is left out. */
function partsOf(stacks: readonly Stack[]): ReadonlyMap<string, Edit> {
  const parts = new Map<string, Edit>()
  for (const { resource = {} } of stacks)
    for (const [type, all] of Object.entries(resource))
      for (const body of Object.values(all)) {
        const construct = constructOf(body)
        const isPart = (other: SynthesizedBody): boolean => constructOf(other) === construct
        parts.set(`\`${type}\` of \`${construct}\``, (of, other) => (of === type && isPart(other) ? null : other))
        for (const allowed of allowedIn(body))
          parts.set(`what allows ${allowed} in \`${construct}\``, (_, other) =>
            isPart(other) ? withoutStatements(other, allowed) : other,
          )
      }
  return parts
}

/** The construct that the program itself calls for: `images/key` of `images/key/replica-eu-west-1`. */
function constructOf({ '//': { metadata } }: SynthesizedBody): string {
  return metadata.path.split('/').slice(0, 2).join('/')
}

function edited(stack: Stack, edit: Edit): Stack {
  const kept = Object.entries(stack.resource ?? {}).flatMap(([type, all]) =>
    Object.entries(all).flatMap(([name, body]) => {
      const left = edit(type, body)
      return left === null ? [] : [{ type, name, body: left }]
    }),
  )
  const addresses = kept.map(({ type, name }) => `${type}.${name}`)
  const resource: { [type: string]: { [name: string]: SynthesizedBody } } = {}
  for (const { type, name, body } of kept) {
    const awaited = body.depends_on?.filter(address => addresses.includes(address))
    resource[type] = { ...resource[type], [name]: { ...body, ...(awaited && { depends_on: awaited }) } }
  }
  return { ...stack, resource }
}

function allowedIn(body: SynthesizedBody): readonly string[] {
  return Object.values(body).flatMap(value => policyIn(value)?.Statement.map(allowedBy) ?? [])
}

function withoutStatements(body: SynthesizedBody, allowed: string): SynthesizedBody {
  const entries = Object.entries(body).map(([name, value]) => {
    const policy = policyIn(value)
    if (!policy) return [name, value]
    return [name, JSON.stringify({ ...policy, Statement: policy.Statement.filter(one => allowedBy(one) !== allowed) })]
  })
  return Object.fromEntries(entries)
}

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[]
}

/** The policy that an attribute is the text of. */
function policyIn(value: unknown): Policy | null {
  return typeof value === 'string' && value.startsWith('{"Version"') ? JSON.parse(value) : null
}

/** What a statement allows, as people say it. Its Sid tells less, and may change with what else there is. */
function allowedBy({ Action }: Policy['Statement'][number]): string {
  const [first = '', ...others] = typeof Action === 'string' ? [Action] : Action
  return others.length === 0 ? `\`${first}\`` : `\`${first}\` and ${others.length} more`
}
