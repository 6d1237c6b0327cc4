import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../engine/config'
import { mistakesIn } from '../engine/config/check'
import { parse } from '../engine/config/text'
import { load } from '../engine/load'
import { rules } from '../engine/registry'

const key = 'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012'
const plan = { format_version: '1.2', resource_changes: [{ address: 'aws_kms_key.a' }] }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, contents: string): string {
  writeFileSync(join(folder, name), contents)
  return join(folder, name)
}

function config(text: string): ReturnType<typeof readConfig> {
  return readConfig(file('keyreach.yaml', text))
}

async function problem(text: string): Promise<string> {
  const error = await config(text).then(
    () => new Error('it is right'),
    error => error,
  )
  expect(error.name).toBe('BadInput')
  return error.message.replaceAll(`${folder}/`, '')
}

test('all that can be declared is read', async () => {
  const text = `
plans:
  - file: owner/plan.json
    account: '444455556666'
    identities: { aws_kms_key.image: '${key}' }
  - file: one.json
    providers: { aws: '444455556666', aws.consumer: '111122223333' }
accounts:
  '111122223333':
    deployer: arn:aws:iam::111122223333:role/deployer
    launchers: [arn:aws:iam::111122223333:role/launcher]
    default-ebs-key: { eu-central-1: aws-managed, eu-west-1: '${key}' }
    encryption-by-default: [eu-central-1]
    regions: [ap-east-1]
    service-linked-roles: [AWSServiceRoleForAutoScaling_app]
  012345678901: {}
templates:
  - file: packer.pkr.hcl
    account: '444455556666'
    role: aws_iam_role.packer
    variables: [prod.pkrvars.hcl]
images:
  ami-0f1e2d3c4b5a69788: ['${key}']
keys:
  ${key}: { policy: '{"Statement":[]}', enabled: true, multi-region: false }
grants:
  - { key: '${key}', grantee: 'arn:aws:iam::111122223333:role/a', operations: [Decrypt], issuer: '111122223333' }
organization: { id: o-abc, root: r-abcd, management: '999988887777', accounts: { '111122223333': ou-abcd-1 } }
waivers:
  - { rule: kms/key-enabled, at: 'aws_kms_key.image*', reason: being replaced, until: 2027-01-31 }
levels: { kms/key-enabled: warning }
parameters: { kms-no-unknown-actions: {} }
`
  const { plans, templates, declared } = await config(text)
  expect(plans).toEqual([
    {
      file: join(folder, 'owner/plan.json'),
      path: join(folder, 'owner/plan.json'),
      account: '444455556666',
      identities: { 'aws_kms_key.image': key },
    },
    {
      file: join(folder, 'one.json'),
      path: join(folder, 'one.json'),
      providers: { aws: '444455556666', 'aws.consumer': '111122223333' },
    },
  ])
  const template = join(folder, 'packer.pkr.hcl')
  expect(templates).toEqual([
    {
      name: 'packer.pkr.hcl',
      file: template,
      path: template,
      account: '444455556666',
      role: 'aws_iam_role.packer',
      variables: [join(folder, 'prod.pkrvars.hcl')],
    },
  ])
  expect(declared).toMatchObject({
    accounts: { '111122223333': { regions: ['ap-east-1'] }, '012345678901': {} },
    waivers: [{ until: '2027-01-31' }],
    parameters: { 'kms-no-unknown-actions': {} },
  })
})

test('a key policy may be in a file', async () => {
  file('policy.json', '{"Statement":[]}')
  const { declared } = await config(`keys:\n  ${key}: { policy: policy.json }\n`)
  expect(declared).toEqual({ keys: { [key]: { policy: '{"Statement":[]}' } } })
})

test('nothing at all is a configuration', async () => {
  expect(await config('# nothing\n')).toMatchObject({ plans: [], declared: {} })
})

describe('a mistake is told with its place', () => {
  test.each<[string, string, string]>([
    [
      'what is not YAML',
      'plans: [',
      '1:9: this is not YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a key twice', 'levels: {}\nlevels: {}\n', '2:1: this is not YAML: map keys must be unique'],
    ['a list', '- plans\n', '1:1: the document: expected a table of what no plan shows'],
    [
      'an unknown key',
      'plans:\n  - file: a.json\n    acount: "1"\n',
      '3:5: unknown key `acount`; expected one of file, account, providers, identities',
    ],
    [
      'an unknown key at the top',
      'plan: []\n',
      '1:1: unknown key `plan`; expected one of plans, accounts, templates, images, keys, grants, organization, waivers, levels, parameters',
    ],
    [
      'an account without quotes',
      'plans:\n  - file: a.json\n    account: 011122223333\n',
      "3:14: `plans[0].account`: expected an account number of 12 digits, in quotes: write '011122223333'",
    ],
    [
      'an account of too few digits',
      "accounts:\n  '1234': {}\n",
      '2:3: `accounts.1234`: expected an account number of 12 digits, in quotes as the key',
    ],
    [
      'a missing key',
      'plans:\n  - account: "444455556666"\n',
      '2:5: `plans[0].file` is missing: expected the path of a plan, relative to this file',
    ],
    ['a list that is none', 'images:\n  ami-1: arn:a\n', '2:10: `images.ami-1`: expected a list of ARNs of KMS keys'],
    ['a level', 'levels: { a: low }', '1:14: `levels.a`: expected error, warning or off'],
    [
      'a date',
      'waivers: [{ rule: a, at: b, reason: c, until: soon }]',
      '1:47: `waivers[0].until`: expected a date such as 2027-01-31',
    ],
    ['two mistakes', 'levels:\n  a: low\n  b: high\n', '2:6: `levels.a`: expected error, warning or off (and 1 more)'],
    [
      'a day that there is not',
      'waivers: [{ rule: a, at: b, reason: c, until: 2027-02-30 }]',
      '1:47: `waivers[0].until`: there is no such day',
    ],
    [
      'an operation that no grant has',
      `grants: [{ key: '${key}', grantee: 'arn:aws:iam::111122223333:role/a', operations: [Decypt] }]`,
      '1:157: `grants[0].operations[0]`: expected a grant operation such as Decrypt',
    ],
    [
      'an identity of no address',
      'plans:\n  - file: a.json\n    identities: { image: x }\n',
      '3:19: `plans[0].identities.image`: expected the address of a resource',
    ],
    [
      'one plan twice',
      'plans:\n  - file: a.json\n  - file: b.json\n  - file: a.json\n',
      '4:11: `plans[2].file`: `a.json` is named twice; keep one',
    ],
    [
      'a region that is not the one of the ARN',
      `keys:\n  ${key}: { region: eu-west-1 }\n`,
      `2:93: \`keys.${key}.region\`: the ARN says eu-central-1`,
    ],
    [
      'a key that is not what its id says',
      `keys:\n  ${key}:\n    multi-region: true\n`,
      `3:19: \`keys.${key}.multi-region\`: the ARN says false`,
    ],
    [
      'an account in no unit',
      "organization: { id: o-a, accounts: { '111122223333': prod } }",
      '1:54: `organization.accounts.111122223333`: expected the id of a unit or root, or the units above each other (ou-…/ou-…)',
    ],
    [
      'a parameter of no rule',
      'parameters:\n  kms/multi-region-key-has-replcia: {}\n',
      '2:3: `parameters.kms/multi-region-key-has-replcia`: there is no such rule (did you mean kms/multi-region-key-has-replica?); see `keyreach list`',
    ],
    [
      'a parameter that the rule does not have',
      'parameters:\n  kms-no-unknown-actions:\n    days: 1\n',
      '3:5: `parameters.kms-no-unknown-actions.days`: kms/policy-names-existing-actions has no parameter `days`; it has none',
    ],
    ['a policy that is not JSON', `keys:\n  ${key}:\n    policy: '{'\n`, '3:13: expected a policy in JSON'],
    [
      'a policy in a file that is not there',
      `keys:\n  ${key}:\n    policy: none.json\n`,
      '3:13: none.json: there is no such file or directory',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await problem(text)).toBe(`keyreach.yaml:${expected}`)
  })

  test('references without end', async () => {
    const text = `a: &a [x]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${`*${'abcdefg'[i]},`.repeat(9)}]\n`).join('')}`
    expect(await problem(text)).toMatch(/^keyreach.yaml: this is not YAML that can be read: Excessive alias count/)
  })

  test('a file that is not there', async () => {
    const error = await readConfig(join(folder, 'nope.yaml')).catch(error => error)
    expect(error.message).toBe(`${folder}/nope.yaml: there is no such file or directory`)
  })
})

describe('what a parameter may be follows from its default', () => {
  const parameters = [
    { name: 'days', default: 30, description: '' },
    { name: 'strict', default: true, description: '' },
    { name: 'names', default: ['a'], description: '' },
  ]
  const known = rules
    .slice(0, 1)
    .map(registered => ({ ...registered, id: 'a/b', rule: { ...registered.rule, parameters } }))
  const check = (text: string) => {
    const config = parse(`parameters:\n  a/b:\n    ${text}\n`, 'keyreach.yaml')
    config.reject(mistakesIn(config.contents, known))
  }

  test.each(['days: 7', 'strict: false', 'names: []', 'names: [a, b]'])('%s', text => {
    expect(() => check(text)).not.toThrow()
  })

  test.each([
    ['days: seven', '3:11: `parameters.a/b.days`: expected a number, such as 30'],
    ['strict: 1', '3:13: `parameters.a/b.strict`: expected true or false, such as true'],
    ['names: a', '3:12: `parameters.a/b.names`: expected a list of texts, such as ["a"]'],
    ['names: [1]', '3:12: `parameters.a/b.names`: expected a list of texts, such as ["a"]'],
    ['dais: 7', '3:5: `parameters.a/b.dais`: a/b has no parameter `dais`; it has days, strict, names'],
  ])('%s', (text, expected) => {
    expect(() => check(text)).toThrow(`keyreach.yaml:${expected}`)
  })
})

describe('plans and what is declared of them', () => {
  const text = "plans:\n  - { file: a.json, account: '444455556666' }\n  - { file: b.json }\nimages: {}\n"

  test('without plans on the command line it is those of the configuration', async () => {
    const [a, b] = [file('a.json', JSON.stringify(plan)), file('b.json', JSON.stringify(plan))]
    expect((await load([], await config(text))).world).toEqual({
      plans: [
        { file: a, account: '444455556666', plan },
        { file: b, plan },
      ],
      images: {},
    })
  })

  test('a plan on the command line is found in it by path', async () => {
    file('a.json', JSON.stringify(plan))
    const { world } = await load([`${folder}/./a.json`], await config(text))
    expect(world.plans).toEqual([{ file: `${folder}/./a.json`, account: '444455556666', plan }])
  })

  test('an account may be added but not changed', async () => {
    const [a, b] = [file('a.json', JSON.stringify(plan)), file('b.json', JSON.stringify(plan))]
    const { world } = await load([`111122223333=${b}`], await config(text))
    expect(world.plans).toMatchObject([{ account: '111122223333' }])
    await expect(load([`111122223333=${a}`], await config(text))).rejects.toThrow(
      'a.json: account 111122223333 is given, and keyreach.yaml says 444455556666',
    )
  })

  test('a configuration without plans needs some on the command line', async () => {
    await expect(load([], await config('images: {}'))).rejects.toThrow(
      'keyreach.yaml: it names no plans; add `plans`, or name one on the command line',
    )
  })

  test('a plan of the configuration that is not there', async () => {
    await expect(load([], await config(text))).rejects.toThrow(`${folder}/a.json: there is no such file or directory`)
  })
})

test('files are named from where keyreach.yaml is, or by absolute paths', async () => {
  const absolute = file('plan.json', JSON.stringify(plan))
  const { plans } = await config(`plans: [{ file: plan.json }, { file: '${absolute}' }]`)
  expect(plans.map(({ path }) => path)).toEqual([absolute, absolute])
})
