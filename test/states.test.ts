import { evaluate, type World } from '../engine'
import { exampleWorld } from '../engine/example'
import { at, isObject, type Json, type JsonObject } from '../policies/intrinsics'
import { serviceLinkedRoleArn } from '../policies/lang/aws'
import type { Verdict } from '../policies/lang/finding'
import type { ExampleAccount, ExampleWorld } from '../policies/lang/rule'
import { examples, worst } from './examples'

/*
 * A state names by value what a plan refers to. So each example of a rule, once it is applied and given as a state, gets the verdict that
 * it had as a plan, if nothing in it was unknown but what AWS makes up.
 */

const cases = examples.filter(({ verdict, world }) => verdict !== 'unknown' && isApplicable(world))

test('many examples can be applied', () => {
  expect(cases.length).toBeGreaterThan(examples.length / 3)
})

// What an author has written, and what AWS has filled in, a state does not tell apart: rules that ask for that may not know.
test.each(cases)('$rule › $verdict › $name', async ({ rule, verdict, world }) => {
  expect([verdict, 'unknown']).toContain(await verdictOnState(rule, world))
})

test('hardly any is unknown', async () => {
  const verdicts = await Promise.all(cases.map(({ rule, world }) => verdictOnState(rule, world)))
  expect(verdicts.filter(verdict => verdict === 'unknown').length).toBeLessThan(cases.length / 20)
})

async function verdictOnState(rule: string, world: ExampleWorld): Promise<Verdict> {
  const { findings, errors } = await evaluate(asState(exampleWorld(applied(world))))
  expect(errors).toEqual([])
  return worst(findings.filter(finding => finding.rule === rule))
}

/** What no state shows: deletions, waiting for others, templates; and documents of policies, which only AWS's provider can write. */
function isApplicable(world: ExampleWorld): boolean {
  const text = JSON.stringify(world)
  return !/\$unknown|\$either|\$sensitive|"deletes"|"replaces"|"depends_on"|"templates"|aws_iam_policy_document/.test(
    text,
  )
}

/** The example with what AWS makes up, and with values in place of references. */
function applied(world: ExampleWorld): ExampleWorld {
  return { ...world, accounts: world.accounts.map(appliedAccount) }
}

function appliedAccount(account: ExampleAccount): ExampleAccount {
  const made = new Map<string, JsonObject>()
  const attributesOf = (address: string): JsonObject => {
    const known = made.get(address)
    if (known) return known
    const attributes = object(valued(account.resources[address] ?? {}))
    const whole = { ...madeUp(address, attributes, account), ...attributes }
    made.set(address, whole)
    return whole
  }
  const valued = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(valued)
    if (!isObject(value)) return value
    if (typeof value.$ref !== 'string') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, valued(v)]))
    const [, address = '', attribute = ''] = /^(.*)\.(\w+)$/.exec(value.$ref) ?? []
    const given = attributesOf(address)[attribute] ?? null
    // Examples refer to the image of a build as a plan does: by the attribute that has it inside.
    return attribute === 'output_resources' ? at(given, [0, 'amis', 0, 'image']) : given
  }
  const addresses = Object.keys(account.resources)
  return { ...account, resources: Object.fromEntries(addresses.map(address => [address, attributesOf(address)])) }
}

/** What AWS would answer, as far as rules read it. */
function madeUp(address: string, attributes: JsonObject, { id: account, region, ...rest }: ExampleAccount): JsonObject {
  const [, data, type = '', name = ''] = /(?:^|\.)(data\.)?(aws_\w+)\.([\w-]+)(?:\[[^\]]*\])?$/.exec(address) ?? []
  if (data) return {}
  const provider = Object.values(rest.providers ?? {}).find(({ on }) => on.some(place => address.startsWith(place)))
  const place = `${provider?.region ?? region ?? 'eu-central-1'}:${provider?.account ?? account}`
  const own = String(attributes.name ?? name)
  const given = rest.identities?.[address]
  const number = [...address].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff, 7)
  const hex = number.toString(16).padStart(8, '0')
  const arn = (text: string): JsonObject => ({ arn: given?.startsWith('arn:') ? given : text })
  if (/^aws_kms_(key|external_key|replica_key|replica_external_key)$/.test(type)) {
    const isMulti = attributes.multi_region === true || type.includes('replica')
    const made = arn(`arn:aws:kms:${place}:key/${isMulti ? 'mrk-' : ''}${hex}-1234-1234-1234-123456789012`)
    const id = String(made.arn).split('/')[1] ?? ''
    return { ...made, id, key_id: id }
  }
  const iam = `arn:aws:iam::${provider?.account ?? account}`
  const path = String(attributes.path ?? '/')
  if (type === 'aws_iam_role') return { ...arn(`${iam}:role${path}${own}`), id: own, name: own, path }
  if (type === 'aws_iam_user') return { ...arn(`${iam}:user${path}${own}`), id: own, name: own, path }
  if (type === 'aws_iam_policy') return { ...arn(`${iam}:policy${path}${own}`), id: own, name: own, path }
  if (type === 'aws_iam_service_linked_role') {
    const suffix = typeof attributes.custom_suffix === 'string' ? attributes.custom_suffix : null
    return arn(serviceLinkedRoleArn('aws', provider?.account ?? account, String(attributes.aws_service_name), suffix))
  }
  if (type === 'aws_sns_topic') return { ...arn(`arn:aws:sns:${place}:${own}`), id: `arn:aws:sns:${place}:${own}` }
  if (type === 'aws_launch_template')
    return { ...arn(`arn:aws:ec2:${place}:launch-template/lt-${hex}`), id: `lt-${hex}`, name: own }
  if (/^aws_ami(_copy|_from_instance)?$/.test(type)) {
    const root = type === 'aws_ami' ? {} : { root_snapshot_id: `snap-${hex}` }
    return { ...arn(`arn:aws:ec2:${place}:image/ami-${hex}`), id: given ?? `ami-${hex}`, ...root }
  }
  if (type.startsWith('aws_imagebuilder_'))
    return {
      ...arn(`arn:aws:imagebuilder:${place}:${type.slice(17).replaceAll('_', '-')}/${own}/1.0.0`),
      ...(type === 'aws_imagebuilder_image' && { output_resources: [{ amis: [{ image: `ami-${hex}` }] }] }),
    }
  if (type === 'aws_autoscaling_group')
    return {
      ...arn(`arn:aws:autoscaling:${place}:autoScalingGroup:${hex}:autoScalingGroupName/${own}`),
      id: own,
      name: own,
    }
  return { id: own, name: own }
}

function asState(world: World): World {
  return { ...world, plans: world.plans.map(entry => ({ ...entry, plan: stateOf(entry.plan) })) }
}

/** `terraform show -json` of the state that a plan leads to. */
function stateOf({ resource_changes: changes, prior_state: prior }: JsonObject): JsonObject {
  const items = (Array.isArray(changes) ? changes.filter(isObject) : []).map(({ change, ...item }) => ({
    ...item,
    values: object(object(change).after),
    sensitive_values: {},
  }))
  const read = object(object(object(prior).values).root_module)
  const modules = [...new Set(items.map(item => String((item as JsonObject).module_address ?? '')))]
  const inModule = (address: string) =>
    items.filter(item => String((item as JsonObject).module_address ?? '') === address)
  return {
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: {
      root_module: {
        resources: [...(Array.isArray(read.resources) ? read.resources : []), ...inModule('')],
        child_modules: modules
          .filter(address => address !== '')
          .map(address => ({ address, resources: inModule(address) })),
      },
    },
  }
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
