import { ImageBuilderPipeline } from '../image-builder-pipeline'
import { ImportedKey } from '../imported-key'
import { optional, plainModule } from './specimen'

export default plainModule({
  construct: 'ImageBuilderPipeline',
  describedBy: {
    recipeVersion: 'version',
    region: 'placement',
    copyToAccounts: 'ImageDistribution.copyToAccounts',
    shareWith: 'ImageDistribution.shareWith',
    imageName: 'ImageDistribution.imageName',
    pipelineArn: 'pipeline',
    instanceRoleArn: 'instanceRole',
  },
  specimen: {
    accountId: '100000000001',
    name: 'zz-name',
    // `version` is a word of Terraform's own.
    recipeVersion: '7.7.7',
    parentImage: 'zz-parent',
    region: 'cn-build-1',
    key: {
      accountId: '100000000002',
      alias: 'zz-alias',
      arns: {
        'cn-build-1': 'arn:aws-cn:kms:cn-build-1:100000000002:key/zz-key-of-build',
        'cn-copy-1': 'arn:aws-cn:kms:cn-copy-1:100000000002:key/zz-key-of-copy',
      },
    },
    components: optional(['zz-component']),
    rootDeviceName: optional('zz-root'),
    volumes: optional([{ deviceName: 'zz-device', size: 77 }]),
    instanceTypes: optional(['zz.instance']),
    subnetId: optional('zz-subnet'),
    securityGroupIds: optional(['zz-group']),
    copyToAccounts: optional(['100000000003']),
    shareWith: {
      accountIds: optional(['100000000004']),
      organizationArns: optional(['arn:aws-cn:organizations::100000000005:organization/o-zzorganization']),
      organizationalUnitArns: optional(['arn:aws-cn:organizations::100000000006:ou/o-zzparent/ou-zz-unit']),
    },
    imageName: optional('zz-image'),
    distributions: optional([
      {
        region: 'cn-copy-1',
        copyToAccounts: optional(['100000000007']),
        shareWith: {
          accountIds: optional(['100000000008']),
          organizationArns: optional(['arn:aws-cn:organizations::100000000009:organization/o-zzother']),
          organizationalUnitArns: optional(['arn:aws-cn:organizations::100000000010:ou/o-zzthird/ou-zz-other']),
        },
        imageName: optional('zz-copy'),
      },
    ]),
    schedule: optional('zz-schedule'),
    tags: optional({ 'zz:tag': 'zz-tag' }),
  },
  make(stack, { recipeVersion, region, key, copyToAccounts, shareWith, imageName, distributions = [], ...props }) {
    const home = {
      region,
      shareWith,
      ...(copyToAccounts && { copyToAccounts }),
      ...(imageName !== undefined && { imageName }),
    }
    const pipeline = new ImageBuilderPipeline(stack, 'this', {
      ...props,
      version: recipeVersion,
      placement: { region },
      key: new ImportedKey(stack, 'key', key),
      distributions: [home, ...distributions],
    })
    return { pipelineArn: pipeline.pipeline.arn, instanceRoleArn: pipeline.instanceRole.arn }
  },
})
