import { type IAspect, TerraformDataSource, TerraformResource, TerraformStack } from 'cdktf'
import { Construct, type IConstruct } from 'constructs'
import { addressText, parseAddress } from '../engine/address'
import type { OwnRules } from '../engine/engine'
import { previewOf, type Stack } from '../engine/load/preview'
import { evaluateBeside } from '../engine/native'
import { reportOf } from '../engine/report'
import { fails, type Strictness } from '../engine/report/failing'
import { originsIn } from '../engine/report/origin'
import { resourceIn } from '../engine/report/place'
import type { JsonObject } from '../policies/intrinsics'
import type { Finding } from '../policies/lang/finding'

export interface RuleChecksProps {
  /**
   * The least that fails: `error`, `warning` or `unknown`.
   * @default error
   */
  readonly failOn?: Strictness
  /**
   * What no configuration shows, as `keyreach.yaml` has it: `accounts`, `images`, `grants` and so on.
   * @default - nothing
   */
  readonly declared?: JsonObject
  /**
   * Rules of a team's own, by which all is checked as well: `own`, which `keyreach generate` writes beside their constructs.
   * @default - none
   */
  readonly own?: OwnRules | null
}

/**
 * Checks resources by the rules whenever their application is synthesized, and fails it where a rule does.
 *
 * As an aspect it checks a stack, or a part of one, whoever has written it: `Aspects.of(stack).add(new RuleChecks())`. CDK for Terraform
 * takes no notice of the aspects of an application, so that each stack needs its own. They may be one and the same: all stacks of an
 * application are judged together, once. The constructs of this package check themselves.
 */
export class RuleChecks implements IAspect {
  constructor(private readonly props: RuleChecksProps = {}) {}

  /** Has what is in a construct checked, as CDK for Terraform asks of an aspect. */
  visit(node: IConstruct): void {
    check(node, this.props)
  }
}

/** Has what is in a construct checked when its application is synthesized. */
export function check(scope: IConstruct, { failOn = 'error', declared = {}, own = null }: RuleChecksProps = {}): void {
  const { root } = scope.node
  const checked = checkedBy.get(root) ?? begin(root)
  checked.scopes.set(scope, failOn)
  Object.assign(checked.declared, declared)
  if (own) checked.own.add(own)
}

/** A construct that is checked, and fails the synthesis of its application where it breaks a rule. */
export abstract class CheckedConstruct extends Construct {
  constructor(scope: Construct, id: string, own: OwnRules | null = null) {
    super(scope, id)
    check(this, { own })
  }
}

/** What is checked of an application, and what is declared of it. */
interface Checked {
  readonly scopes: Map<IConstruct, Strictness>
  readonly declared: Record<string, JsonObject[string]>
  readonly own: Set<OwnRules>
}

const checkedBy = new WeakMap<IConstruct, Checked>()

/** An application validates itself after all of its stacks, each with the aspects of its own, so that nothing changes any more. */
function begin(root: IConstruct): Checked {
  const checked: Checked = { scopes: new Map(), declared: {}, own: new Set() }
  checkedBy.set(root, checked)
  root.node.addValidation({ validate: () => problems(root, checked) })
  return checked
}

function problems(root: IConstruct, { scopes, declared, own }: Checked): string[] {
  const stacks = root.node.findAll().filter(node => TerraformStack.isStack(node))
  const world = { ...declared, plans: previewOf(stacks.map(written)) }
  const { findings, errors } = reportOf(evaluateBeside([...own], world))
  const originOf = originsIn(world)
  const failing = new Map<Finding, Set<string>>()
  for (const [scope, failOn] of scopes) {
    const paths = pathsIn(scope)
    for (const finding of findings.filter(one => fails(one, failOn))) {
      const path = paths.get(placeOf(originOf(finding), writtenAt(finding)))
      if (path !== undefined) failing.set(finding, (failing.get(finding) ?? new Set()).add(path))
    }
  }
  const lines = [...failing].map(([finding, paths]) => lineOf(finding, [...paths]))
  const help = lines.length > 0 ? ['help: `npx keyreach rule ID` tells what a rule demands, and what mends it'] : []
  return [...lines, ...help, ...errors.map(({ rule, message }) => `${rule} broke: ${message}`)]
}

function written(stack: TerraformStack): Stack {
  return { file: stack.node.path, name: stack.node.id, documents: [stack.toTerraform() as JsonObject] }
}

/** Stack and address → path, of what is in a construct: people know the one from Terraform, the other from their program. */
function pathsIn(scope: IConstruct): ReadonlyMap<string, string> {
  return new Map(
    scope.node.findAll().flatMap(node => {
      const isData = TerraformDataSource.isTerraformDataSource(node)
      if (!isData && !TerraformResource.isTerraformResource(node)) return []
      const address = `${isData ? 'data.' : ''}${node.terraformResourceType}.${node.friendlyUniqueId}`
      return [[placeOf(TerraformStack.of(node).node.path, address), node.node.path] as const]
    }),
  )
}

function placeOf(stack: string | null, address: string): string {
  return `${stack}:${address}`
}

/** The address of what a finding speaks of, as its stack has it: without attribute path and without the key of an instance. */
function writtenAt({ at }: Finding): string {
  const address = parseAddress(resourceIn(at))
  return address ? addressText({ ...address, index: null }) : at
}

function lineOf({ at, rule, message, because, known }: Finding, paths: readonly string[]): string {
  const ask = known.length > 0 ? `; known by ${known.join(', ')}` : ''
  return `${paths.join(' or ')} (${at}): ${message}: ${because}${ask} (${rule})`
}
