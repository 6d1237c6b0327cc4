import { imageEncryption, imageNodes } from '../lang/image'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, resources } from '../lang/plan'
import { rule } from '../lang/rule'

/**
 * An image that is shared is not encrypted under an AWS managed key.
 *
 * The policy of `alias/aws/ebs` cannot be changed and it takes no grants, so nobody outside the account could use such an image, and EC2
 * refuses to share it. It sneaks in wherever encryption is on and no key is named. One snapshot of several is enough. The only way out is
 * a copy under a customer managed key.
 */
export default rule({
  severity: 'error',
  aliases: ['ami-no-sharing-under-aws-managed-key'],
  symptoms: [
    "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.",
    'Encrypted snapshots with EBS default key cannot be shared',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html',
    'https://repost.aws/knowledge-center/image-builder-distr-error-encrypted-ami',
  ],

  *situations() {
    for (const permission of resources('aws_ami_launch_permission'))
      for (const alternatives of imageEncryption(attribute(permission, 'image_id')))
        yield {
          at: permission.address,
          account: permission.account,
          region: permission.region,
          image: imageName(attribute(permission, 'image_id')),
          encryptions: alternatives,
        }
  },

  requirements: ({ image, encryptions }) => [
    {
      kind: 'customer-managed',
      what: `\`${image}\``,
      encryptions,
      target: image,
      because: 'the policy of an AWS managed key admits nobody of another account and cannot be changed',
    },
  ],
})

/** What an image is called: the address of the resource that makes it, else its id. */
function imageName(image: Maybe<string>): string {
  const node = imageNodes(image)[0] ?? null
  if (node !== null) return node.address
  if (image === null || isUnknown(image)) return 'the image'
  return image
}
