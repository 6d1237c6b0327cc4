import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { readConfig } from '../../engine/config'
import { exampleWorld } from '../../engine/example'
import { load } from '../../engine/load'
import { mended } from '../../engine/mend'
import type { Changes } from '../../engine/mend/changes'
import { evaluateRules } from '../../engine/native'
import { type RegisteredRule, rules } from '../../engine/registry'
import type { World } from '../../engine/world'
import { stackFilesIn, synthesize } from '../../generator/synthesize'
import type { JsonObject } from '../../policies/intrinsics'
import { examples } from '../examples'
import { bodiesIn, boundSchema, type Problem, printedSchema, problemsOf } from '../provider-schema'
import { built, designs } from './designs'
import { programs } from './programs'

/** The provider that the constructs are for, and the older one of the fixtures, as Terraform has printed its schema. */
const printed = printedSchema('test/fixtures/provider-schema.json')

/** What the older provider does not have yet. */
const newer = {
  types: [
    'aws_account_region',
    'aws_cloudwatch_log_group',
    'aws_imagebuilder_lifecycle_policy',
    'provider.aws', // not printed
  ],
  arguments: ['region'],
}

describe('both providers take', () => {
  test('what constructs synthesize', () => {
    const apps = fc.sample(designs, { numRuns: 20, seed: 1 }).map(design => built(design).documents())
    expectTaken(apps.flatMap(documents => [...documents.values()]).map(whole))
  })

  test('what the programs of the documentation synthesize', async () => {
    const stacks = await synthesize([...programs, 'examples/app/main.ts'], async ({ folder }) =>
      stackFilesIn(folder).map(read),
    )
    expectTaken([...stacks.values()].flat().map(whole))
  })

  test('what mends the failing examples of the rules', async () => {
    const failing = examples.filter(({ verdict }) => verdict === 'fail')
    const changes = failing.map(({ rule, world }) =>
      changesFor(
        exampleWorld(world),
        rules.filter(({ id }) => id === rule),
      ),
    )
    expectTaken((await Promise.all(changes)).flat())
  })

  test('what mends the fixtures', async () => {
    const names = readdirSync('test/fixtures').filter(name => existsSync(join('test/fixtures', name, 'expected.json')))
    const changes = names.map(async name => {
      const { world } = await load([], await readConfig(join('test/fixtures', name, 'keyreach.yaml')))
      return changesFor(world, rules)
    })
    expectTaken((await Promise.all(changes)).flat())
  })
})

/** Configuration, whole or as an override of what is there. */
interface Configuration {
  readonly document: JsonObject
  readonly isOverride: boolean
}

function expectTaken(all: readonly Configuration[]): void {
  const bodies = all.flatMap(({ document }) => bodiesIn(document))
  expect(bodies.length).toBeGreaterThan(20)
  const problems = all.flatMap(({ document, isOverride }) => problemsOf(document, boundSchema, isOverride))
  expect(problems).toEqual([])
  const older = all.flatMap(({ document, isOverride }) => problemsOf(document, printed, isOverride))
  expect(older.filter(({ path, address }) => !isNewer(address, path))).toEqual([])
}

function isNewer(address: string, path: string): boolean {
  return newer.arguments.includes(path) || newer.types.includes(address.replace(/(?<!^provider)\.[^.]+$/, ''))
}

function whole(document: JsonObject): Configuration {
  return { document, isOverride: false }
}

function read(file: string): JsonObject {
  return JSON.parse(readFileSync(file, 'utf8'))
}

async function changesFor(world: World, judging: readonly RegisteredRule[]): Promise<readonly Configuration[]> {
  const { changes } = await mended(world, changed => evaluateRules(judging, changed).findings)
  return changes.flatMap(({ added, override }: Changes) => [whole(added), { document: override, isOverride: true }])
}

describe('of configuration that a provider takes', () => {
  const region = 'eu-central-1'
  const resource = {
    aws_autoscaling_group: {
      app: { min_size: 1, max_size: '3', launch_template: { id: '${aws_launch_template.app.id}' } },
    },
    aws_launch_template: {
      app: {
        count: 2,
        name: 'app',
        tags: { Team: 'platform' },
        block_device_mappings: [{ device_name: '/dev/xvda', ebs: { encrypted: true, volume_size: 20 } }],
      },
    },
    aws_ami_launch_permission: { app: { image_id: '${aws_ami_copy.app.id}', account_id: '111122223333' } },
    aws_imagebuilder_distribution_configuration: {
      app: {
        name: 'app',
        distribution: [{ region, ami_distribution_configuration: { target_account_ids: ['111122223333'] } }],
      },
    },
    aws_kms_key: { image: { enable_key_rotation: 'true', lifecycle: { prevent_destroy: true } } },
  }
  const data = {
    aws_iam_policy_document: {
      image: {
        dynamic: { statement: { for_each: '${var.consumers}', content: { sid: 'Use', actions: ['kms:Decrypt'] } } },
      },
    },
  }
  const document = { resource, data }

  test('nothing is said', () => {
    expect(problemsIn(document)).toEqual([])
    expect(problemsOf({ provider: { aws: [{ region, alias: 'west' }] } }, boundSchema)).toEqual([])
  })

  test.each<[string, JsonObject, string]>([
    [
      'an unknown type',
      { aws_kms_keys: { image: {} } },
      'aws_kms_keys.image  is of a type that the provider does not have',
    ],
    ['an unknown argument', group({ max: 3 }), 'aws_autoscaling_group.app max is no argument'],
    [
      'an unknown argument of a block',
      group({ launch_template: { ids: 'a' } }),
      'aws_autoscaling_group.app launch_template.ids is no argument',
    ],
    ['a text for a number', group({ max_size: 'three' }), 'aws_autoscaling_group.app max_size has to be a number'],
    [
      'a text for a boolean',
      key({ enable_key_rotation: 'yes' }),
      'aws_kms_key.image enable_key_rotation has to be a bool',
    ],
    ['a list for a text', key({ policy: ['{}'] }), 'aws_kms_key.image policy has to be a string'],
    [
      'a text for a list',
      group({ availability_zones: 'a' }),
      'aws_autoscaling_group.app availability_zones has to be a list',
    ],
    [
      'lists in a list',
      group({ availability_zones: [['a']] }),
      'aws_autoscaling_group.app availability_zones[0] has to be a string',
    ],
    ['a list for a map', key({ tags: ['a'] }), 'aws_kms_key.image tags has to be a map'],
    [
      'a text for a block',
      group({ launch_template: 'a' }),
      'aws_autoscaling_group.app launch_template has to be a block',
    ],
    ['no argument that is required', group({ min_size: null }), 'aws_autoscaling_group.app min_size is required'],
    [
      'no argument that a block requires',
      distributions([{}]),
      'aws_imagebuilder_distribution_configuration.app distribution.region is required',
    ],
    [
      'no block that is required',
      distributions(null),
      'aws_imagebuilder_distribution_configuration.app distribution is required',
    ],
    [
      'fewer blocks than are required',
      distributions([]),
      'aws_imagebuilder_distribution_configuration.app distribution has 0 blocks, and has to have 1 or more',
    ],
    [
      'more blocks than are allowed',
      group({ launch_template: [{ id: 'a' }, { id: 'b' }] }),
      'aws_autoscaling_group.app launch_template has 2 blocks, and has to have 0 to 1',
    ],
    ['what is computed', key({ arn: 'arn:aws:kms' }), 'aws_kms_key.image arn is computed'],
    ['what is computed, of several words', key({ key_id: 'a' }), 'aws_kms_key.image key_id is computed'],
    [
      'arguments that exclude one another',
      group({ availability_zones: ['a'], vpc_zone_identifier: ['b'] }),
      'aws_autoscaling_group.app availability_zones conflicts with vpc_zone_identifier',
    ],
    [
      'none of several, one of which is required',
      group({ launch_template: null }),
      'aws_autoscaling_group.app launch_configuration|launch_template|mixed_instances_policy is required',
    ],
    [
      'nobody to share an image with',
      { aws_ami_launch_permission: { app: { image_id: 'ami-1' } } },
      'aws_ami_launch_permission.app account_id|group|organization_arn|organizational_unit_arn is required',
    ],
  ])('%s is said', (_, changed, expected) => {
    const found = problemsIn({ resource: { ...resource, ...changed } })
    expect(found).toEqual([expect.stringContaining(expected)])
  })

  test('what is wrong in repeated blocks is said, of data too', () => {
    const content = { actions: 'kms:Decrypt', principal: [] }
    const repeated = { dynamic: { statement: { for_each: [], content }, statements: { for_each: [], content } } }
    expect(problemsIn({ data: { aws_iam_policy_document: { image: repeated } } })).toEqual([
      'data.aws_iam_policy_document.image statement.actions has to be a list',
      'data.aws_iam_policy_document.image statement.principal is no argument',
      'data.aws_iam_policy_document.image statements is no block',
    ])
  })

  test('an override may leave out what it overrides, and not what its blocks require', () => {
    const override = { resource: distributions([{}]) }
    expect(problemsOf({ resource: group({ min_size: null }) }, boundSchema, true)).toEqual([])
    expect(problemsOf(override, boundSchema, true)).toMatchObject([
      { path: 'distribution.region', what: 'is required' },
    ])
  })

  function group(changed: JsonObject): JsonObject {
    return { aws_autoscaling_group: { app: { ...resource.aws_autoscaling_group.app, ...changed } } }
  }

  function key(changed: JsonObject): JsonObject {
    return { aws_kms_key: { image: { ...resource.aws_kms_key.image, ...changed } } }
  }

  function distributions(distribution: JsonObject[string]): JsonObject {
    return { aws_imagebuilder_distribution_configuration: { app: { name: 'app', distribution } } }
  }

  /** What both providers say, in a line each. */
  function problemsIn(configuration: JsonObject): readonly string[] {
    const [bound, older] = [boundSchema, printed].map(schema => problemsOf(configuration, schema).map(line).sort())
    expect(older).toEqual(bound)
    return bound ?? []
  }

  function line({ address, path, what }: Problem): string {
    return `${address} ${path} ${what}`
  }
})
