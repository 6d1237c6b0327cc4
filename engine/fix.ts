import type { Fix } from '../policies/lang/finding'
import { addressText, localAddress, parseAddress } from './address'
import { setAttribute } from './fix/attribute'
import {
  addResource,
  changesOf,
  type Draft,
  type DraftObject,
  type DraftResource,
  type DraftWorld,
  draftOf,
  isOf,
  keepUnlessReplaced,
  listIn,
  moduleIn,
  objectIn,
  placeFor,
  reaches,
  resourceAt,
  resourceByArn,
} from './fix/draft'
import { editPolicy, type PolicyEdit } from './fix/policy'
import { homesOf, referencesOf, resolved } from './fix/reference'
import { setSetting, settingsAt } from './fix/template'
import type { World } from './world'

/**
 * The world as it is planned once a fix has been made: what an author would write, and what Terraform would then plan.
 * With it a test sees that a fix turns the verdict. Throws where a fix names what is not in the world.
 */
export function applyFix(world: World, fix: Fix): World {
  const draft = draftOf(world)
  const apply = appliers[fix.kind] as (draft: DraftWorld, fix: Fix) => void
  apply(draft, fix)
  return draft as unknown as World
}

type Of<K extends Fix['kind']> = Extract<Fix, { kind: K }>

const appliers: { readonly [K in Fix['kind']]: (world: DraftWorld, fix: Of<K>) => void } = {
  'key-policy-statement': addToKeyPolicy,
  'identity-statement': addToIdentity,
  'trust-statement': (world, { target, account, statement }) => {
    const role = found(world, target, account)
    editPolicy(role, 'assume_role_policy', { add: resolved(world, role.owner, statement) as DraftObject })
  },
  'remove-statement': (world, fix) => editAt(world, fix, { remove: fix.statement }),
  'edit-statement': (world, fix) => {
    const resource = found(world, fix.target, fix.account)
    const set = resolved(world, resource.owner, fix.set) as DraftObject
    editAt(world, fix, { statement: fix.statement, drop: fix.drop, set })
  },
  remove: (world, { target, account }) => {
    const { owner, address } = found(world, target, account)
    takeOut(changesOf(owner), addressText(address))
  },
  'depends-on': (world, { target, on, account }) => {
    listIn(callAt(world, target, account) ?? found(world, target, account).configured, 'depends_on').push(on)
  },
  action: (world, fix) => editAt(world, fix, { action: fix.from, by: fix.to }),
  principal: (world, fix) => editAt(world, fix, { principal: fix.from, by: fix.to }),
  attribute: (world, { target, account, path, value }) => {
    const settings = settingsAt(world, target)
    if (settings) return setSetting(world, settings, path, value)
    const declared = world.keys?.[target]
    if (declared) return void Object.assign(declared, { [path]: value })
    const resource = found(world, target, account)
    setAttribute(resource, path, resolved(world, resource.owner, value))
    keepUnlessReplaced(resource.change, path)
  },
  resource: (world, { target, account, region, values }) => {
    const { owner, provider } = placeFor(world, account, region, homesOf(world, [...referencesOf(values), target]))
    addResource(owner, target, resolved(world, owner, values) as DraftObject, provider)
  },
  move,
}

function addToKeyPolicy(world: DraftWorld, { target, account, statement }: Of<'key-policy-statement'>): void {
  const key = resourceAt(world, target, account) ?? resourceByArn(world, target)
  if (key) editPolicy(policyOwner(key), 'policy', { add: resolved(world, key.owner, statement) as DraftObject })
  else addToStated(removedKey(world, target) ?? world.keys?.[target], target, statement as DraftObject)
}

/** To the policy of a key that no plan makes. */
function addToStated(key: { policy?: Draft } | undefined, target: string, statement: DraftObject): void {
  if (!key?.policy) throw new Error(`there is no key ${target}`)
  const policy = JSON.parse(String(key.policy)) as DraftObject
  key.policy = JSON.stringify({ ...policy, Statement: [policy.Statement ?? [], statement].flat() })
}

/** A key that a plan takes away, as it was: its policy holds until it is gone. */
function removedKey(world: DraftWorld, arn: string): DraftObject | undefined {
  const removed = world.plans.flatMap(changesOf).map(item => objectIn(objectIn(item, 'change'), 'before'))
  return removed.find(before => before.arn === arn)
}

/** The resource that has the policy of a key: an `aws_kms_key_policy` that is about it, else the key. */
function policyOwner(key: DraftResource): DraftResource {
  const { owner, address } = key
  for (const item of changesOf(owner).filter(({ type }) => type === 'aws_kms_key_policy')) {
    const policy = resourceAt({ plans: [owner] }, String(item.address), null)
    const references = policy ? listIn(objectIn(policy.expressions, 'key_id'), 'references') : []
    if (policy && references.includes(localAddress(address))) return policy
  }
  return key
}

/** To the policy that is named, or to a new one of the role or user: that can always be added, whatever others there are. */
function addToIdentity(world: DraftWorld, { target, account, statement }: Of<'identity-statement'>): void {
  const named = found(world, target, account)
  const policy = /_policy$/.test(named.address.type) ? named : (ownPolicy(named) ?? newPolicy(named))
  editPolicy(policy, 'policy', { add: resolved(world, policy.owner, statement) as DraftObject })
}

/** The policy that a fix has added to a role or user before: a second of its name would take its place. */
function ownPolicy({ owner, address, change }: DraftResource): DraftResource | null {
  const kind = address.type.replace(/^aws_iam_/, '')
  const { name } = objectIn(change, 'after')
  const policies = changesOf(owner).filter(({ type }) => type === `aws_iam_${kind}_policy`)
  for (const item of policies) {
    const policy = resourceAt({ plans: [owner] }, String(item.address), null)
    if (!policy || objectIn(policy.change, 'after').name !== 'keyreach') continue
    const references = listIn(objectIn(policy.expressions, kind), 'references')
    const isOf = objectIn(policy.change, 'after')[kind] === name || references.includes(`${addressText(address)}.name`)
    if (isOf) return policy
  }
  return null
}

function newPolicy({ owner, address, change }: DraftResource): DraftResource {
  const kind = address.type.replace(/^aws_iam_/, '')
  const known = objectIn(change, 'after').name
  const name = typeof known === 'string' ? known : { $ref: `${addressText(address)}.name` }
  const values = { name: 'keyreach', [kind]: name, policy: '{"Version":"2012-10-17","Statement":[]}' }
  return found({ plans: [owner] }, addResource(owner, `aws_iam_${kind}_policy.keyreach`, values, 'aws'), null)
}

function editAt(
  world: DraftWorld,
  { target, account }: { target: string; account: string | null },
  edit: PolicyEdit,
): void {
  const resource = found(world, target, account)
  const path = resource.address.attribute.map(({ name }) => name).join('.')
  editPolicy(resource, path === '' ? 'policy' : path, edit)
}

/** Whose a resource is depends on the provider that makes it: one of the same plan, or that of another plan. */
function move(world: DraftWorld, { target, account, region, values }: Of<'move'>): void {
  const { owner, address, change, expressions } = found(world, target, null)
  const place = placeFor(world, account, region)
  if (place.owner === owner) {
    const resources = listIn(moduleIn(owner, address), 'resources') as DraftObject[]
    for (const one of resources) if (one.address === localAddress(address)) one.provider_config_key = place.provider
    return
  }
  const after = objectIn(change, 'after')
  const unknown = Object.keys(values).filter(name => objectIn(change, 'after_unknown')[name] === true)
  const referred = unknown.map(name => [name, `\${${String(listIn(objectIn(expressions, name), 'references')[0])}}`])
  const whole = resolved(world, place.owner, { ...values, ...after, ...Object.fromEntries(referred) }, owner)
  takeOut(changesOf(owner), addressText(address))
  addResource(place.owner, localAddress(address), whole as DraftObject, place.provider)
}

/** The call of a module (`module.a.module.b`), in the account's plan where several have one. */
function callAt(world: DraftWorld, target: string, account: string | null): DraftObject | null {
  const { file = null, modules = [] } = parseAddress(`${target}.any_type.any`) ?? {}
  if (!/(^|:)module\.[\w-]+(\.module\.[\w-]+)*$/.test(target)) return null
  const plans = world.plans.filter(plan => (account === null || reaches(plan, account)) && isOf(plan, file))
  const calls = plans.map(owner => objectIn(moduleIn(owner, { modules: modules.slice(0, -1) }), 'module_calls'))
  const name = modules.at(-1)?.name ?? ''
  return objectIn(calls.find(named => name in named) ?? {}, name)
}

function takeOut(resources: DraftObject[], address: string): void {
  resources.splice(
    resources.findIndex(item => item.address === address),
    1,
  )
}

function found(world: DraftWorld, target: string, account: string | null): DraftResource {
  const resource = resourceAt(world, target, account) ?? resourceByArn(world, target)
  if (!resource) throw new Error(`no plan has ${target}`)
  return resource
}
