import { evaluate } from '../engine'
import { previewOf } from '../engine/load/preview'
import type { JsonObject } from '../policies/intrinsics'

/*
 * A plan has no expressions of dynamic blocks. What is not known in one comes from its module, from what that is given, or from modules
 * inside of it.
 */
const owner = '444455556666'
const target = '111122223333'

test('a key in a dynamic block of the root module is that of its region', async () => {
  expect(await verdicts(keys({ us: 'us-east-1' }))).toEqual(['pass', 'pass'])
})

test('what the key of the region lacks is missing', async () => {
  expect(await verdicts(keys({ us: 'us-east-1' }, []))).toEqual(['fail', 'fail'])
})

test('among many resources none is looked for', async () => {
  const roles = Array.from({ length: 250 }, (_, i) => [`r${i}`, { name: `role-${i}` }])
  const crowd = { aws_iam_role: Object.fromEntries(roles) }
  expect(await verdicts({ ...keys({ us: 'us-east-1' }), ...crowd })).toEqual([])
})

/** A key in Frankfurt and others elsewhere, which let another account do as the list says. */
function keys(others: { readonly [name: string]: string }, allowed: readonly string[] = ['kms:*']): JsonObject {
  const principal = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
  const Statement = [
    { Effect: 'Allow', Principal: principal(owner), Action: 'kms:*', Resource: '*' },
    ...allowed.map(Action => ({ Effect: 'Allow', Principal: principal(target), Action, Resource: '*' })),
  ]
  const policy = JSON.stringify({ Version: '2012-10-17', Statement })
  const elsewhere = Object.entries(others).map(([name, region]) => [name, { region, policy }])
  return { aws_kms_key: { home: { policy }, ...Object.fromEntries(elsewhere) } }
}

/** Whether the keys are shared of a distribution whose blocks are dynamic, in each region. */
async function verdicts(resources: JsonObject): Promise<readonly string[]> {
  const distribution = {
    for_each: ['eu-central-1', 'us-east-1'],
    content: {
      region: '${distribution.value}',
      ami_distribution_configuration: {
        kms_key_id: '${distribution.value == "eu-central-1" ? aws_kms_key.home.arn : aws_kms_key.us.arn}',
        target_account_ids: [target],
      },
    },
  }
  const documents: JsonObject[] = [
    {
      provider: { aws: { region: 'eu-central-1', allowed_account_ids: [owner] } },
      resource: {
        ...resources,
        aws_imagebuilder_distribution_configuration: { images: { name: 'images', dynamic: { distribution } } },
      },
    },
  ]
  const plans = previewOf([{ file: 'main.tf.json', name: null, documents }])
  const { findings, errors } = await evaluate({ plans })
  expect(errors).toEqual([])
  return findings.filter(({ rule }) => rule === 'image-builder/keys-are-shared-both-ways').map(({ verdict }) => verdict)
}
