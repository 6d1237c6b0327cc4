import type { Json } from '../intrinsics'
import { GRANT_OPERATIONS, GRANT8 } from '../lang/aws'
import { factsOf } from '../lang/key'
import { isUnknown } from '../lang/maybe'
import { attribute, each, type Node, place, resources } from '../lang/plan'
import { grantedKeys, granteeOf } from '../lang/planned-grants'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import type { Term } from '../lang/statement'
import { agreed, all, any, type Truth, truth } from '../lang/truth'

/**
 * A grant lists what the key can do, and names one principal.
 *
 * KMS makes no grant with an operation that a key of its kind does not know, such as `Sign` on a key that encrypts, nor one to a pattern of
 * principals. Terraform finds out in the middle of an apply. To list and revoke grants is a matter of policies, not of grants.
 */
export default rule({
  severity: 'error',
  aliases: ['access-grant-operations-valid'],
  symptoms: ['expected operations.{n} to be one of'],
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
  ],

  *situations() {
    for (const grant of resources('aws_kms_grant'))
      yield { at: place(grant, 'operations'), account: grant.account, region: grant.region, grant }
  },

  requirements: ({ account, grant }) => [
    {
      kind: 'holds',
      what: `the key knows every operation that \`${grant.address}\` lists`,
      otherwise: `the key knows no ${foreignOperations(grant).join(', ')}, which \`${grant.address}\` lists`,
      holds: areKnown(grant),
      severity: 'error',
      fix: [{ kind: 'attribute', account, target: grant.address, path: 'operations', value: mended(grant) }],
      evidence: [],
      known: [`the operations of \`${grant.address}\` and the kind of its key`],
      because: 'KMS makes no grant with an operation that the key does not know',
    },
    {
      kind: 'holds',
      what: `\`${grant.address}\` names one principal`,
      otherwise: `\`${grant.address}\` names a pattern of principals`,
      holds: isWhole(granteeOf(grant)),
      severity: 'error',
      fix: [{ kind: 'remove', account, target: grant.address }],
      evidence: [],
      known: [`the grantee of \`${grant.address}\``],
      because: 'a grant has one grantee, without wildcards',
    },
  ],
})

type Grant = Node<Schema['aws_kms_grant']>

function operationsOf(grant: Grant): readonly Term[] {
  return each(attribute(grant, 'operations')).flatMap(one => (one === null ? [] : [one]))
}

function isForEncryption(operation: Term): boolean {
  return !isUnknown(operation) && GRANT_OPERATIONS.some(one => one === operation)
}

function foreignOperations(grant: Grant): readonly string[] {
  return operationsOf(grant).flatMap(one => (isUnknown(one) || isForEncryption(one) ? [] : [`\`${one}\``]))
}

/** What is not for encryption may be for a key of another kind. */
function areKnown(grant: Grant): Truth {
  return all(
    operationsOf(grant).map(one => (isUnknown(one) ? 'unknown' : any([truth(isForEncryption(one)), isOther(grant)]))),
  )
}

/** Whether the key is not one that encrypts symmetrically. */
function isOther(grant: Grant): Truth {
  return agreed(
    grantedKeys(grant).map(one => {
      if (one.kind !== 'key') return 'unknown'
      const { spec } = factsOf(one.key)
      return isUnknown(spec) ? 'unknown' : truth(spec !== 'SYMMETRIC_DEFAULT')
    }),
  )
}

function mended(grant: Grant): Json {
  const left = operationsOf(grant).flatMap(one => (isUnknown(one) || !isForEncryption(one) ? [] : [one]))
  if (left.length === 0) return GRANT8
  return left
}

/** A reference has no wildcards, whatever it will be. */
function isWhole(grantee: Term): Truth {
  if (isUnknown(grantee)) return 'yes'
  return truth(!grantee.includes('*') && !grantee.includes('?'))
}

const runner = 'arn:aws:iam::444455556666:role/runner'
const arn = 'arn:aws:kms:eu-central-1:444455556666:key/1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    'the operations of AWS’s example': world({ operations: GRANT8 }),
    'a key that signs': world({ spec: 'RSA_2048', operations: ['Sign', 'GetPublicKey'] }),
  },
  fail: {
    'the key does not sign': world({ operations: ['Decrypt', 'Sign'] }),
    'the grantee is a pattern': world({ grantee: 'arn:aws:iam::444455556666:role/runner-*' }),
  },
  unknown: {
    'the operations are not known until apply': world({ operations: later }),
    'no plan has the key': world({ operations: ['Sign'], on: arn.replace('1a2b', 'ffff') }),
  },
})

/** A grant on a key. */
function world({
  operations = ['Decrypt'] as Json,
  grantee = runner,
  spec = 'SYMMETRIC_DEFAULT',
  on = arn,
} = {}): ExampleWorld {
  const resources = {
    'aws_kms_key.image': { customer_master_key_spec: spec },
    'aws_kms_grant.runner': { key_id: on, grantee_principal: grantee, operations },
  }
  return { accounts: [{ id: '444455556666', resources, identities: { 'aws_kms_key.image': arn } }] }
}
