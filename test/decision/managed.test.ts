import { SERVICE_LINKED_ROLES, serviceLinkedRoleArn } from '../../policies/lang/aws'
import { managedStatements, serviceLinkedRoleStatements } from '../../policies/lang/managed'
import { isUnknown } from '../../policies/lang/maybe'
import { allow, ask, OWNER, role, root } from './notation'

const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`

function may(policy: string, action: string): string {
  const authority = { identity: managedStatements(policy) }
  return ask({ caller: role(OWNER, 'runner'), action, key: [allow(root(OWNER), 'kms:*')], authority }).allowed
}

test('the policy of every service-linked role of the catalogue is known', () => {
  for (const { service } of SERVICE_LINKED_ROLES)
    expect(isUnknown(serviceLinkedRoleStatements(serviceLinkedRoleArn('aws', OWNER, service, null)))).toBe(false)
})

test('of another it is not', () => {
  expect(
    isUnknown(serviceLinkedRoleStatements(role(OWNER, 'aws-service-role/x.amazonaws.com/AWSServiceRoleForX'))),
  ).toBe(true)
  expect(isUnknown(serviceLinkedRoleStatements(role(OWNER, 'runner')))).toBe(true)
})

test.each([
  ['AdministratorAccess', 'yes', 'yes'],
  ['PowerUserAccess', 'yes', 'yes'],
  ['AWSKeyManagementServicePowerUser', 'no', 'yes'],
  ['ReadOnlyAccess', 'no', 'yes'],
  ['Ec2ImageBuilderCrossAccountDistributionAccess', 'no', 'no'],
  ['EC2InstanceProfileForImageBuilder', 'no', 'no'],
  ['AmazonSSMManagedInstanceCore', 'no', 'no'],
  ['service-role/AWSDataLifecycleManagerServiceRole', 'no', 'no'],
  ['EC2ImageBuilderCrossAccountDistributionAccess', 'unknown', 'unknown'],
  ['SomethingNew', 'unknown', 'unknown'],
])('%s: Decrypt %s, DescribeKey %s', (name, decrypt, describeKey) => {
  expect([may(aws(name), 'kms:Decrypt'), may(aws(name), 'kms:DescribeKey')]).toEqual([decrypt, describeKey])
})

test('partitions have the same policies', () => {
  expect(may('arn:aws-cn:iam::aws:policy/AdministratorAccess', 'kms:Decrypt')).toBe('yes')
  expect(may(`arn:aws:iam::${OWNER}:policy/AdministratorAccess`, 'kms:Decrypt')).toBe('unknown')
})
