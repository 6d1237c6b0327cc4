import { AwsProvider } from '@cdktf/provider-aws/lib/provider'
import { type App, TerraformStack } from 'cdktf'

/** The account that builds images and owns their key, and where it does. */
export const images = { id: '444455556666', home: 'eu-central-1', copies: ['eu-west-1', 'us-east-1'] } as const

/** An account that launches the images. */
export interface Consumer {
  readonly name: string
  readonly id: string
  /** Where its group is. */
  readonly region: string
  /** Whether it gets copies of its own, or launches the images of the other account. */
  readonly gets: 'copies' | 'permission'
}

export const consumers: readonly Consumer[] = [
  { name: 'shop', id: '111122223333', region: 'eu-west-1', gets: 'copies' },
  { name: 'search', id: '222233334444', region: 'us-east-1', gets: 'permission' },
]

/** A stack of an account, which refuses to be applied to any other. */
export function stackIn(app: App, name: string, accountId: string, region: string, roleArn?: string): TerraformStack {
  const stack = new TerraformStack(app, name)
  const assumeRole = roleArn === undefined ? [] : [{ roleArn }]
  new AwsProvider(stack, 'aws', { region, allowedAccountIds: [accountId], assumeRole })
  return stack
}
