import fc, { type Arbitrary } from 'fast-check'
import { rules } from '../../engine/registry'
import type { Json, JsonObject } from '../../policies/intrinsics'
import type { ExampleAccount, ExampleWorld } from '../../policies/lang/rule'
import { resourcesOf } from './resources'
import {
  accounts,
  type Draw,
  hostile,
  images,
  keyArn,
  oneIn,
  perhaps,
  pick,
  policy,
  principal,
  regions,
  several,
} from './values'

/** Worlds of one to three accounts that share, copy, distribute and launch encrypted images, rightly and wrongly. */
export const worlds: Arbitrary<ExampleWorld> = fc.gen().map(draw => {
  const chosen = accounts.slice(0, pick(draw, 1, 2, 2, 3))
  return {
    accounts: chosen.map(id => account(draw, id)),
    ...(!oneIn(draw, 8) && { declared: declared(draw, chosen) }),
  }
})

function account(draw: Draw, id: string): ExampleAccount {
  const region = pick(draw, regions[0], ...regions)
  const resources = resourcesOf(draw, id, region)
  const addresses = Object.keys(resources)
  return {
    id,
    region,
    resources,
    ...(oneIn(draw, 4) && { providers: { 'aws.west': west(draw, id, addresses) } }),
    ...(!oneIn(draw, 4) && { identities: identities(id, region, resources) }),
  }
}

function west(draw: Draw, id: string, addresses: readonly string[]) {
  return {
    region: pick(draw, ...regions),
    account: oneIn(draw, 3) ? pick(draw, ...accounts) : id,
    on: addresses.filter(() => oneIn(draw, 3)),
  }
}

/** What the resources of an account will be called, for those that other accounts may name. */
function identities(id: string, region: string, resources: { readonly [address: string]: JsonObject }) {
  const names = Object.entries(resources).flatMap(([address, values]): readonly (readonly [string, string])[] => {
    const i = Number(address.at(-1))
    if (/aws_kms_key\.k\d$/.test(address)) return [[address, keyArn(id, region, i, values.multi_region === true)]]
    if (/aws_(ami_copy|ami_from_instance)\.\w+$/.test(address)) return [[address, images[0]]]
    return []
  })
  return Object.fromEntries(names)
}

function declared(draw: Draw, chosen: readonly string[]): JsonObject {
  return {
    accounts: Object.fromEntries(chosen.map(id => [id, declaredAccount(draw, id)])),
    ...(oneIn(draw, 2) && { images: { [images[0]]: [keyArn(accounts[0], regions[0], 0)] } }),
    ...(oneIn(draw, 3) && { keys: { [keyArn(pick(draw, ...accounts), regions[0], 0)]: declaredKey(draw) } }),
    ...(oneIn(draw, 3) && { grants: several(draw, 1, 2, () => declaredGrant(draw)) as Json }),
    ...(oneIn(draw, 3) && { organization: organization(draw, chosen) }),
    ...(oneIn(draw, 4) && { today: '2026-06-01', waivers: several(draw, 1, 3, () => waiver(draw)) as Json }),
    ...(oneIn(draw, 6) && { levels: { [ruleName(draw)]: pick(draw, 'off', 'warning', 'error') } }),
  }
}

function waiver(draw: Draw): JsonObject {
  return {
    rule: ruleName(draw),
    at: pick(draw, '*', 'aws_*', '*kms_key*', hostile(draw)),
    reason: 'accepted',
    ...(oneIn(draw, 2) && { until: pick(draw, '2026-05-31', '2026-06-01', '2031-01-01') }),
  }
}

function ruleName(draw: Draw): string {
  const names = rules.flatMap(({ id, rule }) => [id, ...rule.aliases])
  return pick(draw, 'no/such-rule', ...names)
}

function declaredAccount(draw: Draw, id: string): JsonObject {
  return {
    ...(!oneIn(draw, 3) && { deployer: `arn:aws:iam::${id}:role/deployer` }),
    ...(!oneIn(draw, 3) && { launchers: [`arn:aws:iam::${id}:role/${pick(draw, 'launcher', 'r0')}`] }),
    ...(oneIn(draw, 4) && {
      'default-ebs-key': { [regions[0]]: pick(draw, 'aws-managed', keyArn(id, regions[0], 0)) },
    }),
    ...(oneIn(draw, 4) && { 'encryption-by-default': [regions[0]] }),
    ...(oneIn(draw, 4) && { regions: [...regions.slice(0, 2)] }),
    ...(oneIn(draw, 4) && { 'service-linked-roles': ['AWSServiceRoleForAutoScaling'] }),
  }
}

function declaredKey(draw: Draw): JsonObject {
  const document = policy(draw, accounts[0], true)
  return {
    enabled: !oneIn(draw, 5),
    'multi-region': oneIn(draw, 3),
    ...(!oneIn(draw, 3) && { policy: JSON.stringify(document) }),
  }
}

function declaredGrant(draw: Draw): JsonObject {
  const issuer = pick(draw, ...accounts)
  return {
    key: keyArn(accounts[0], regions[0], 0),
    grantee: perhaps(draw, principal(draw, issuer)),
    operations: pick(draw, ['Decrypt'], ['Decrypt', 'CreateGrant', 'DescribeKey', 'ReEncryptFrom']),
    issuer,
  }
}

function organization(draw: Draw, chosen: readonly string[]): JsonObject {
  return {
    id: 'o-abc',
    root: 'r-abcd',
    management: pick(draw, ...accounts),
    accounts: Object.fromEntries(chosen.filter(() => !oneIn(draw, 4)).map(id => [id, 'ou-abcd-1'])),
  }
}
