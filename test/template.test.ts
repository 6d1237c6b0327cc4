import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { partsOf } from '../engine/load/hcl/text'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes a file into the folder of the test; gives its path. */
function file(name: string, contents: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
  return path
}

async function templatesOf(...args: readonly string[]) {
  return (await load(args, null)).world.templates ?? []
}

/** The settings of the one source of a template in HCL, with definitions around it. */
async function settingsOf(settings: string, definitions = '', ...args: readonly string[]) {
  const path = file('t.pkr.hcl', `${definitions}\nsource "amazon-ebs" "image" {\n${settings}\n}\n`)
  const [template] = await templatesOf(path, ...args)
  return template?.builders[0]?.settings
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

function missing(what: string): { readonly unknown: string; readonly candidates: readonly string[] } {
  return { unknown: what, candidates: [] }
}

describe('both languages say the same', () => {
  test.each(['packer-multi-region', 'packer-multi-region-template-empty-region-key'])('in %s', async scenario => {
    const [hcl, json] = await templatesOf(
      ...['packer.pkr.hcl', 'packer.json'].map(name => `444455556666=test/fixtures/${scenario}/${name}`),
    )
    expect(hcl).toMatchObject({ account: '444455556666', builders: [{ at: 'source.amazon-ebs.image' }] })
    expect(json?.builders[0]).toEqual({ ...hcl?.builders[0], at: 'builders[0]' })
  })

  test('and so does HCL written in JSON', async () => {
    const source = {
      region: 'us-east-1',
      ami_regions: ['$' + '{var.other}'],
      launch_block_device_mappings: { encrypted: true },
    }
    const document = { variable: { other: { default: 'eu-west-1' } }, source: { 'amazon-ebs': { image: source } } }
    const [template] = await templatesOf(file('t.pkr.json', JSON.stringify(document)))
    expect(template?.builders).toEqual([
      {
        at: 'source.amazon-ebs.image',
        type: 'amazon-ebs',
        settings: {
          region: 'us-east-1',
          ami_regions: ['eu-west-1'],
          launch_block_device_mappings: [{ encrypted: true }],
        },
      },
    ])
  })
})

describe('variables', () => {
  const variable = 'variable "key" {\n  default = "alias/a"\n}'

  test.each<[string, string, unknown]>([
    ['a default', variable, 'alias/a'],
    ['a default in a block of several', 'variables {\n  key = "alias/a"\n}', 'alias/a'],
    ['none', 'variable "key" {\n}', missing('var.key')],
    ['no such variable', '', missing('var.key')],
    ['the environment', 'variable "key" {\n  default = env("KEY")\n}', missing('env("KEY")')],
    ['null, which leaves the setting out', 'variable "key" {\n  default = null\n}', undefined],
  ])('%s', async (_, definition, expected) => {
    expect((await settingsOf('kms_key_id = var.key', definition))?.kms_key_id).toEqual(expected)
  })

  const given = async (...args: readonly string[]) =>
    (await settingsOf('kms_key_id = var.key', variable, ...args))?.kms_key_id

  test('an automatic file beside the template', async () => {
    file('a.auto.pkrvars.hcl', 'key = "alias/b"\n')
    expect(await given()).toBe('alias/b')
  })

  test('a file that is given, over an automatic one', async () => {
    file('a.auto.pkrvars.hcl', 'key = "alias/b"\n')
    expect(await given(file('prod/a.pkrvars.json', '{"key": "alias/c"}'))).toBe('alias/c')
  })

  test('the only file beside the template', async () => {
    file('prod.pkrvars.hcl', 'key = "alias/b"\n')
    expect(await given()).toBe('alias/b')
  })

  test('of several files beside it, it is not known which is given', async () => {
    file('prod.pkrvars.hcl', 'key = "alias/b"\n')
    const test = file('test.pkrvars.hcl', 'key = "alias/c"\n')
    expect(await given()).toEqual(missing('which of prod.pkrvars.hcl, test.pkrvars.hcl is given'))
    expect(await given(test)).toBe('alias/c')
  })

  test('another template file of the directory', async () => {
    file('variables.pkr.hcl', variable)
    expect((await settingsOf('kms_key_id = var.key'))?.kms_key_id).toBe('alias/a')
  })

  test('files that keyreach.yaml names', async () => {
    file('packer/t.pkr.hcl', `${variable}\nsource "amazon-ebs" "a" {\n  kms_key_id = var.key\n}`)
    file('prod.pkrvars.hcl', 'key = "alias/b"\n')
    const config = file(
      'keyreach.yaml',
      "templates: [{ file: packer/t.pkr.hcl, account: '444455556666', role: aws_iam_role.packer, variables: [prod.pkrvars.hcl] }]",
    )
    const { world } = await load([], await readConfig(config))
    expect(world).toEqual({
      plans: [],
      templates: [
        {
          file: 'packer/t.pkr.hcl',
          account: '444455556666',
          role: 'aws_iam_role.packer',
          builders: [{ at: 'source.amazon-ebs.a', type: 'amazon-ebs', settings: { kms_key_id: 'alias/b' } }],
        },
      ],
    })
  })

  test('what is sensitive is said to be', async () => {
    const path = file(
      't.pkr.hcl',
      `variable "a" {\n  default = "one"\n  sensitive = true\n}\nlocal "b" {\n  expression = ["\${var.a}-two", true]\n  sensitive = true\n}\nsource "amazon-ebs" "x" {\n}`,
    )
    expect(await templatesOf(path)).toMatchObject([{ sensitive: ['one', 'one-two'] }])
  })
})

describe('expressions', () => {
  const definitions = `
variable "regions" {
  default = ["us-east-1", "eu-west-1"]
}
variable "keys" {
  default = {
    us-east-1 = "alias/a"
    eu-west-1 = "alias/b"
  }
}
variable "open" {
}
locals {
  first = var.regions[0]
  again = local.again
  by    = { for region in var.regions : region => "alias/\${region}" }
}
`
  test.each<[string, unknown]>([
    ['"${local.first}-${var.keys["eu-west-1"]}"', 'us-east-1-alias/b'],
    ['"$${a} %%{b} ${"c"}"', '${a} %{b} c'],
    ['var.keys.us-east-1', 'alias/a'],
    ['var.keys[local.first]', 'alias/a'],
    ['(local.by["eu-west-1"])', 'alias/eu-west-1'],
    ['length(var.regions) == 2 && !false ? "yes" : "no"', 'yes'],
    ['var.regions[0] != "x" || false ? "yes" : "no"', 'yes'],
    ['lookup(var.keys, "x", "alias/none")', 'alias/none'],
    ['join(",", concat(var.regions, ["x"]))', 'us-east-1,eu-west-1,x'],
    [
      'join(",", keys(merge(var.keys, { "${local.first}-x" = 1, (local.first) = 2 })))',
      'eu-west-1,us-east-1,us-east-1-x',
    ],
    ['join(",", [for i, region in var.regions : "${i}${region}" if region != "us-east-1"])', '1eu-west-1'],
    ['upper(split("-", local.first)[0])', 'US'],
    ['zipmap(var.regions, ["a", "b"]).eu-west-1', 'b'],
    ['"a ${var.open}"', missing('var.open')],
    ['var.open ? "a" : "b"', missing('var.open')],
    ['[for a in var.open : a]', missing('var.open')],
    ['local.again', missing('local.again')],
    ['data.amazon-ami.base.id', missing('data.amazon-ami.base.id')],
    ['var.keys["x"]', missing('var.keys.x')],
    ['jsondecode("[1]")[0] == 1 ? "a" : "b"', 'a'],
    ['sha256("a")', missing('sha256("a")')],
    ['var.regions[*].id', missing('var.regions[*].id')],
    ['"%{ if true }a%{ endif }"', missing('%{if true}a%{endif}')],
    ['"{{timestamp}}"', missing('{{timestamp}}')],
  ])('%s', async (expression, expected) => {
    expect((await settingsOf(`kms_key_id = ${expression}`, definitions))?.kms_key_id).toEqual(expected)
  })

  test('lists and maps may be known in part', async () => {
    const settings = 'ami_regions = ["a", var.open]\nregion_kms_key_ids = { (local.first) = var.open, x = null }'
    expect(await settingsOf(settings, definitions)).toEqual({
      ami_regions: ['a', missing('var.open')],
      region_kms_key_ids: { 'us-east-1': missing('var.open'), x: '' },
    })
    expect(await settingsOf('region_kms_key_ids = { (var.open) = "a" }', definitions)).toEqual({
      region_kms_key_ids: missing('var.open'),
    })
  })

  test('an interpolation that does not end is none', () => {
    expect(partsOf('a ${b')).toBeNull()
    expect(partsOf('${f("}")}x')).toEqual([{ source: 'f("}")' }, { text: 'x' }])
  })
})

describe('what is built', () => {
  const sources = ['image', 'other']
    .map(name => `source "amazon-ebs" "${name}" {\n  region = "a"\n  ssh_password = "x"\n}\n`)
    .join('')
  const built = async (build: string) =>
    (await templatesOf(file('t.pkr.hcl', sources + build)))[0]?.builders.map(({ at, settings }) => [at, settings])

  test('every source, where no build is in sight', async () => {
    expect(await built('')).toEqual([
      ['source.amazon-ebs.image', { region: 'a' }],
      ['source.amazon-ebs.other', { region: 'a' }],
    ])
  })

  test('the sources that builds use, and what they set', async () => {
    const build = `build {
  sources = ["source.amazon-ebs.image"]
  source "amazon-ebs.other" {
    name = "a"
  }
  source "source.amazon-ebs.image" {
    region = "b"
  }
}`
    expect(await built(build)).toEqual([
      ['source.amazon-ebs.image', { region: 'a' }],
      ['build.source.amazon-ebs.image', { region: 'b' }],
      ['source.amazon-ebs.other', { region: 'a' }],
    ])
    expect(await built('build {\n  sources = ["source.amazon-ebs.other"]\n}')).toEqual([
      ['source.amazon-ebs.other', { region: 'a' }],
    ])
  })

  test('blocks that are dynamic are not known', async () => {
    const settings = await settingsOf(
      'dynamic "launch_block_device_mappings" {\n  for_each = [1]\n  content {\n    encrypted = true\n  }\n}',
    )
    expect(settings).toEqual({
      launch_block_device_mappings: missing('the blocks of dynamic "launch_block_device_mappings"'),
    })
  })

  test('only what makes an Amazon machine image; that there is none is said', async () => {
    const path = file('t.pkr.hcl', 'source "googlecompute" "a" {\n}\nsource "amazon-ebsvolume" "a" {\n}')
    expect((await load([path], null)).notes).toEqual([
      `${path}: no source or builder in it makes an Amazon machine image`,
    ])
  })
})

test('user variables of the language in JSON', async () => {
  const builder = {
    type: 'amazon-ebs',
    region: '{{user `region`}}',
    ami_regions: '{{ user "regions" }}',
    kms_key_id: '{{user `key`}}',
    source_ami: '{{user `ami`}}',
    encrypt_boot: 'true',
    ami_users: [444455556666],
    assume_role: { role_arn: '{{user `nobody`}}' },
  }
  const variables = { region: 'us-east-1', regions: 'us-east-1,eu-west-1', key: null, ami: '{{env `AMI`}}' }
  const path = file(
    'packer.json',
    JSON.stringify({ variables, 'sensitive-variables': ['region'], builders: [{ type: 'docker' }, builder] }),
  )
  expect(await templatesOf(path)).toEqual([
    {
      file: path,
      builders: [
        {
          at: 'builders[1]',
          type: 'amazon-ebs',
          settings: {
            region: 'us-east-1',
            ami_regions: ['us-east-1', 'eu-west-1'],
            kms_key_id: missing('the user variable key'),
            source_ami: missing('the user variable ami'),
            encrypt_boot: true,
            ami_users: ['444455556666'],
            assume_role: [{ role_arn: missing('the user variable nobody') }],
          },
        },
      ],
      sensitive: ['us-east-1'],
    },
  ])
  expect(
    (await templatesOf(path, file('a.pkrvars.json', '{"key": "alias/a"}')))[0]?.builders[0]?.settings.kms_key_id,
  ).toBe('alias/a')
})

test('variable files of the language in JSON are named by keyreach.yaml', async () => {
  file('p.json', '{"variables": {"key": ""}, "builders": [{"type": "amazon-ebs", "kms_key_id": "{{user `key`}}"}]}')
  file('variables.json', '{"key": "alias/a"}')
  const config = file('keyreach.yaml', 'templates: [{ file: p.json, variables: [variables.json] }]')
  const { world } = await load([], await readConfig(config))
  expect(world.templates?.[0]?.builders[0]?.settings).toEqual({ kms_key_id: 'alias/a' })
})

test('templates of a directory are found beside its plans', async () => {
  file('packer/a.pkr.hcl', 'source "amazon-ebs" "a" {\n}')
  file('packer/variables.pkr.hcl', 'variable "a" {\n}')
  file('packer/prod.pkrvars.json', '{}')
  file('b.json', '{"builders": [{"type": "amazon-ebs"}]}')
  file('c.json', '{"builders": "others"}')
  file('plan.json', readFileSync('test/fixtures/packer-multi-region/owner/plan.json', 'utf8'))
  const { world } = await load([`444455556666=${folder}`], null)
  expect(world.plans.map(({ file }) => file)).toEqual([join(folder, 'plan.json')])
  expect(world.templates?.map(({ file, account }) => [file, account])).toEqual([
    [join(folder, 'b.json'), '444455556666'],
    [join(folder, 'packer/a.pkr.hcl'), '444455556666'],
  ])
})

describe('a template that cannot be read is told in one line', () => {
  test.each<[string, string, string, string]>([
    [
      'a block that does not end',
      't.pkr.hcl',
      'source "amazon-ebs" "a" {',
      't.pkr.hcl:1:25: this is not HCL: unclosed configuration block',
    ],
    [
      'an expression that is none',
      't.pkr.hcl',
      'locals {\n  a = \n}',
      't.pkr.hcl:2:7: this is not HCL: invalid expression',
    ],
    [
      'nesting without end',
      't.pkr.hcl',
      `a = ${'['.repeat(50_000)}`,
      't.pkr.hcl: it is nested more than 200 levels deep',
    ],
    ['more than people write', 't.pkr.hcl', '#'.repeat(1_000_001), 't.pkr.hcl: it is longer than 1000000 characters'],
    ['JSON that is none', 't.pkr.json', '{"source": }', 't.pkr.json:1:12: this is not JSON: expected a value'],
    [
      'a list that is none',
      't.pkr.hcl',
      'source "amazon-ebs" "a" {\n  ami_regions = { a = 1 }\n}',
      't.pkr.hcl: `source.amazon-ebs.a.ami_regions`: expected a list of texts',
    ],
    [
      'a map that is none',
      't.pkr.json',
      '{"source": {"amazon-ebs": {"a": {"region_kms_key_ids": ["alias/a"]}}}}',
      't.pkr.json: `source.amazon-ebs.a.region_kms_key_ids`: expected a map of texts',
    ],
    [
      'a flag that is none',
      'p.json',
      '{"builders": [{"type": "amazon-ebs", "encrypt_boot": "maybe"}]}',
      'p.json: `builders[0].encrypt_boot`: expected true or false',
    ],
    [
      'an empty file',
      't.pkr.hcl',
      '',
      't.pkr.hcl: the file is empty; pass what `terraform show -json <planfile>` prints',
    ],
  ])('%s', async (_, name, contents, expected) => {
    expect(await problem(file(name, contents))).toBe(expected)
  })

  test('one that is not there', async () => {
    expect(await problem(join(folder, 't.pkr.hcl'))).toBe('t.pkr.hcl: there is no such file or directory')
  })

  test('one beside it', async () => {
    file('b.pkr.hcl', 'variable "a" {')
    expect(await problem(file('a.pkr.hcl', 'locals {\n}'))).toBe(
      'b.pkr.hcl:1:14: this is not HCL: unclosed configuration block',
    )
  })
})
