import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { evaluate } from '../engine'
import { load } from '../engine/load'

const plan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  resource_changes: [
    {
      address: 'aws_kms_key.image',
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'image',
      change: { actions: ['create'], before: null, after: { policy: '{"Statement":[]}' }, after_unknown: {} },
    },
  ],
}
const text = JSON.stringify(plan)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

/** Writes a file into the folder of the test; gives its path. */
function file(contents: string | Buffer, name = 'plan.json'): string {
  writeFileSync(join(folder, name), contents)
  return join(folder, name)
}

async function plansOf(...args: readonly string[]): Promise<readonly unknown[]> {
  return (await load(args, null)).world.plans.map(entry => entry.plan)
}

/** What is said of input that cannot be judged, without the folder. */
async function problem(...args: readonly string[]): Promise<string> {
  const error = await load(args, null).then(
    () => new Error('it could be judged'),
    error => error,
  )
  expect(error.name).toBe('BadInput')
  expect(error.message).not.toContain('\n')
  return error.message.replaceAll(`${folder}/`, '')
}

function policy(text: unknown): string {
  return JSON.stringify({
    ...plan,
    resource_changes: [{ ...plan.resource_changes[0], change: { actions: ['create'], after: { policy: text } } }],
  })
}

describe('a plan is read however a pipeline has made it', () => {
  const utf16 = Buffer.from(text, 'utf16le')
  test.each<[string, string | Buffer]>([
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\ufeff${text}`],
    ['UTF-16, little-endian', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16, big-endian', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ['UTF-16, little-endian, without a byte order mark', utf16],
    ['UTF-16, big-endian, without a byte order mark', Buffer.from(utf16).swap16()],
    ['gzip', gzipSync(text)],
    ['gzip twice', gzipSync(gzipSync(text))],
    ['lines before it', `[command]/usr/bin/terraform show -json tfplan\n{ not: json }\n${text}`],
    ['lines behind it', `${text}\n::debug::Terraform exited with code 0.\n::debug::stdout: {}\n`],
    ['lines around an indented one', `Initializing...\n${JSON.stringify(plan, null, 2)}\nDone.\n`],
  ])('%s', async (_, contents) => {
    expect(await plansOf(file(contents))).toEqual([plan])
  })

  test.each(['0.1', '0.2', '1.0', '1.1', '1.2', '1.9'])('format version %s', async version => {
    const old = { ...plan, format_version: version }
    expect(await plansOf(file(JSON.stringify(old)))).toEqual([old])
  })

  test('a state', async () => {
    const state = { format_version: '1.0', values: { root_module: { resources: [] } } }
    expect(await load([file(JSON.stringify(state))], null)).toMatchObject({
      world: { plans: [{ plan: state }] },
      notes: [],
    })
  })

  test('one that is empty, and that is said', async () => {
    const empty = { format_version: '1.2', terraform_version: '1.11.4', planned_values: { root_module: {} } }
    const { notes } = await load([file(JSON.stringify(empty))], null)
    expect(notes).toEqual([`${folder}/plan.json: the plan has no resources: nothing was found in it`])
  })

  test('one with errors, and that is said', async () => {
    const { notes } = await load([file(JSON.stringify({ ...plan, errored: true }))], null)
    expect(notes).toEqual([
      `${folder}/plan.json: Terraform met errors when it made this plan, so that parts are missing; plan again without them`,
    ])
  })
})

test('a plan that puts changes off is judged, and that is said', async () => {
  const item = plan.resource_changes[0]
  const { notes } = await load(
    [
      file(
        JSON.stringify({
          ...plan,
          resource_changes: [],
          deferred_changes: [{ reason: 'unknown', resource_change: item }],
        }),
      ),
    ],
    null,
  )
  expect(notes).toEqual([
    `${folder}/plan.json: the plan puts off 1 changes to a later one; they are judged as far as it shows them`,
  ])
})

describe('what cannot be judged is told in one line', () => {
  test.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'plan.json: the file is empty; pass what `terraform show -json <planfile>` prints'],
    [
      'white space',
      ' \n',
      'plan.json: this is white space, not JSON; pass what `terraform show -json <planfile>` prints',
    ],
    ['text', 'hello', 'plan.json: this is text, not JSON; pass what `terraform show -json <planfile>` prints'],
    [
      'a plan for people',
      'Terraform will perform the following actions:\n\n  # aws_kms_key.image will be created\n',
      'plan.json: this is what `terraform plan` prints for people, not JSON; pass what `terraform show -json <planfile>` prints',
    ],
    [
      'configuration',
      'resource "aws_kms_key" "image" {\n}\n',
      'plan.json: this is Terraform configuration, not JSON; pass what `terraform show -json <planfile>` prints',
    ],
    [
      'a plan that is cut short',
      text.slice(0, -20),
      `plan.json:1:${text.length - 19}: the JSON ends early, where the double quote that ends the text was expected; the file was cut short`,
    ],
    [
      'an indented plan that is cut short',
      JSON.stringify(plan, null, 2).slice(0, -12),
      'plan.json:19:8: the JSON ends early, where a comma or } was expected; the file was cut short',
    ],
    [
      'a comma too many',
      '{\n  "format_version": "1.2",\n}',
      'plan.json:3:1: this is not JSON: expected a name in double quotes',
    ],
    ['a missing colon', '{"a" 1}', 'plan.json:1:6: this is not JSON: expected a colon'],
    ['a bad escape', '{"a": "\\x"}', 'plan.json:1:9: this is not JSON: expected one of the escapes of JSON'],
    ['a bad literal', '{"a": nul}', 'plan.json:1:7: this is not JSON: expected a value'],
    [
      'a text over lines',
      '{"a": "b\nc"}',
      'plan.json:1:9: this is not JSON: expected the double quote that ends the text',
    ],
    [
      'a binary plan',
      Buffer.from('PK\u0003\u0004tfplan'),
      'plan.json: this is the binary plan that `terraform plan -out` writes; pass what `terraform show -json <planfile>` prints',
    ],
    [
      'damaged gzip',
      gzipSync(text).subarray(0, 40),
      'plan.json: the gzip data is damaged or cut short; compress the plan again',
    ],
    [
      'a plan of a version to come',
      JSON.stringify({ ...plan, format_version: '2.0' }),
      'plan.json: the plan has format version 2.0; expected 0.x or 1.x (Terraform 0.12 and later)',
    ],
    ['two plans', `${text}\n${text}`, 'plan.json: expected one plan, found 2; pass each as its own file'],
    [
      'a damaged plan',
      JSON.stringify({ ...plan, resource_changes: {} }),
      'plan.json: the plan is damaged: expected `resource_changes` to be a list',
    ],
    ...[
      ['a number', '12', 'a number'],
      ['null', 'null', 'a null'],
      ['a list', '[1]', 'a list'],
      ['another document', '{"name": "keyreach"}', 'another JSON document'],
      ['a log', '{"@level":"info"}\n{"@level":"info"}', 'the log of `terraform plan -json`'],
      ['a provider schema', '{"format_version":"1.0","provider_schemas":{}}', 'a provider schema'],
      ['a validation', '{"format_version":"1.0","diagnostics":[]}', 'what `terraform validate -json` prints'],
    ].map(([name = '', contents = '', kind]): [string, string, string] => [
      name,
      contents,
      `plan.json: this is ${kind}, not a plan; pass what \`terraform show -json <planfile>\` prints`,
    ]),
    [
      'a state file',
      '{"version": 4, "serial": 1, "lineage": "a", "resources": []}',
      'plan.json: this is a state file, not a plan; pass what `terraform show -json <statefile>` prints, or a plan',
    ],
    [
      'an encrypted state',
      '{"serial": 1, "lineage": "a", "meta": {}, "encrypted_data": "a", "encryption_version": "v0"}',
      'plan.json: this is a state or plan that OpenTofu has encrypted, not a plan; pass what `tofu show -json` prints',
    ],
    [
      'a redacted plan',
      '{"plan_format_version": "1.2", "resource_changes": [], "provider_schemas": {}}',
      'plan.json: this is a plan without its values, not a plan; pass the unredacted JSON plan of HCP Terraform (`json-output`)',
    ],
    [
      'a state with a policy that is not JSON',
      JSON.stringify({
        format_version: '1.0',
        values: {
          root_module: {
            child_modules: [
              {
                resources: [
                  {
                    address: 'module.a.aws_kms_key.b',
                    type: 'aws_kms_key',
                    values: { policy: '{"Statement": secret' },
                  },
                ],
              },
            ],
          },
        },
      }),
      'plan.json: `module.a.aws_kms_key.b.policy`: expected a policy in JSON; it is not JSON',
    ],
    [
      'a policy that is not JSON',
      policy('{"Statement": secret'),
      'plan.json: `aws_kms_key.image.policy`: expected a policy in JSON; it is not JSON',
    ],
    [
      'a policy nested without end',
      policy('['.repeat(50_000) + ']'.repeat(50_000)),
      'plan.json: `aws_kms_key.image.policy`: expected a policy in JSON; it is nested more than 32 levels deep',
    ],
    [
      'a policy longer than AWS takes',
      policy(JSON.stringify({ Statement: [{ Action: '*a'.repeat(1e6) }] })),
      'plan.json: `aws_kms_key.image.policy`: expected a policy in JSON; it is longer than 131072 characters',
    ],
    [
      'a world without a plan',
      '{"plans": [{"file": "a.json"}]}',
      'plan.json: `plans[0]`: expected an object with a `plan`; `keyreach world` prints such',
    ],
  ])('%s', async (_, contents, expected) => {
    expect(await problem(file(contents))).toBe(expected)
  })

  test('a file that is not there', async () => {
    expect(await problem(join(folder, 'nope.json'))).toBe('nope.json: there is no such file or directory')
  })

  test('a file and a directory that may not be read', async () => {
    const path = file(text)
    mkdirSync(join(folder, 'plans'))
    for (const name of ['plan.json', 'plans']) chmodSync(join(folder, name), 0)
    chmodSync(folder, 0o755)
    // Whoever may do anything can read these; then as nobody.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65534)
    try {
      for (const name of ['plan.json', 'plans'])
        expect(await problem(join(folder, name))).toBe(`${name}: it may not be read: permission denied`)
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
    chmodSync(path, 0o600)
  })

  test('a directory without a plan', async () => {
    file('{}', 'package.json')
    expect(await problem(folder)).toBe(
      `${folder}: no plan is in there, and no template; expected \`*.json\`, \`*.json.gz\` or \`*.pkr.hcl\``,
    )
  })

  test('an account of too few digits', async () => {
    expect(await problem('1111=plan.json')).toBe(
      '1111=plan.json: expected ACCOUNT=PLAN with an account of 12 digits, as in 111122223333=plan.json',
    )
  })

  test('one file for two accounts', async () => {
    const path = file(text)
    expect(await problem(`111122223333=${path}`, `444455556666=${path}`)).toBe(
      'plan.json: named for two accounts, 111122223333 and 444455556666; keep one',
    )
  })

  test('an account for a world', async () => {
    const path = file(JSON.stringify({ plans: [{ file: 'a.json', plan }] }))
    expect(await problem(`111122223333=${path}`)).toBe(
      'plan.json: this is a world, which says itself what account each plan reaches',
    )
  })

  test('a fact that two worlds declare', async () => {
    const world = JSON.stringify({ plans: [{ file: 'a.json', plan }], images: {} })
    expect(await problem(file(world, 'a.json'), file(world, 'b.json'))).toBe(
      'b.json: `images` is declared here and in another input; keep one',
    )
  })
})

describe('several plans', () => {
  test('those of a directory are in order, without what is no plan', async () => {
    mkdirSync(join(folder, 'b'))
    mkdirSync(join(folder, '.terraform'))
    for (const name of ['c.json', 'b/z.tfplan.json', '.terraform/d.json', 'a.json']) file(text, name)
    file(gzipSync(text), 'b/a.json.gz')
    file('{"name": "keyreach", "format_version": "1.0"}', 'package.json')
    file('{ "lockfile', 'broken.json')
    file('provider "aws" {}', 'main.tf')
    const { world } = await load([`444455556666=${folder}`], null)
    expect(world.plans.map(({ file, account }) => [file.slice(folder.length + 1), account])).toEqual([
      ['a.json', '444455556666'],
      ['b/a.json.gz', '444455556666'],
      ['b/z.tfplan.json', '444455556666'],
      ['c.json', '444455556666'],
    ])
  })

  test('a damaged plan in a directory is not passed over', async () => {
    file(text.slice(0, -5), 'cut.json')
    expect(await problem(folder)).toMatch(/^cut\.json:1:\d+: the JSON ends early/)
  })

  test('a file that is named twice is one plan', async () => {
    const path = file(text)
    expect((await load([path, `444455556666=${path}`, folder], null)).world.plans).toEqual([
      { file: path, account: '444455556666', plan },
    ])
  })

  test('those of a world keep what it declares', async () => {
    const world = { plans: [{ file: 'a.json', account: '444455556666', plan }], images: { 'ami-1': ['arn:a'] } }
    expect((await load([file(JSON.stringify(world))], null)).world).toEqual(world)
  })

  test('those that conftest combines go by their paths', async () => {
    const combined = [{ path: 'a.json', contents: plan }]
    expect((await load([file(JSON.stringify(combined))], null)).world).toEqual({ plans: [{ file: 'a.json', plan }] })
  })
})

describe('hostile input takes no more time than it should', () => {
  test('nesting without end in a plan', async () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`
    const { world } = await load([file(text.replace('"actions"', `"deep":${deep},"actions"`))], null)
    expect(await evaluate(world)).toMatchObject({ errors: [] })
    const { errors } = await evaluate({ ...world, deep: world.plans[0]?.plan }, 'wasm')
    expect(errors).toEqual([
      { rule: null, message: 'the Wasm engine broke: the input is nested too deeply to be judged' },
    ])
  })

  test('a plan of 100 MB', async () => {
    const address = '"address":"aws_s3_object.a","mode":"managed","type":"aws_s3_object","name":"a"'
    const other = `{${address},"change":{"actions":["create"],"after":{"content":"${'x'.repeat(10_000)}"}}}`
    const path = file(text.replace('"resource_changes":[', `"resource_changes":[${`${other},`.repeat(10_000)}`))
    const { world } = await load([path], null)
    expect(await evaluate(world)).toMatchObject({ errors: [] })
  })

  test('many beginnings without an end', async () => {
    expect(await problem(file('[\n'.repeat(300_000)))).toMatch(/the JSON ends early/)
  })
})
