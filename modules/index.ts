export type { OwnRules } from '../engine/engine'
export type { Key } from '../policies/lang/key'
export { AutoScalingConsumer, type AutoScalingConsumerProps } from './auto-scaling-consumer'
export {
  ImageBuilderPipeline,
  type ImageBuilderPipelineProps,
  type ImageDistribution,
  type ImageVolume,
} from './image-builder-pipeline'
export { ImageDistributionTarget, type ImageDistributionTargetProps } from './image-distribution-target'
export type { AutoScalingRole, IMultiRegionKey, ImageAudience, KeyConsumer } from './image-key'
export { ImportedKey, type ImportedKeyAttributes } from './imported-key'
export { KmsUsageAlarm, type KmsUsageAlarmProps, type WatchedRegion } from './kms-usage-alarm'
export { MultiRegionKey, type MultiRegionKeyProps } from './multi-region-key'
export { PackerBuild, type PackerBuildProps } from './packer-build'
export { PackerTemplate, type PackerTemplateProps } from './packer-template'
export type { AccountRef, Placement, PrincipalRef } from './placement'
export { RuleChecks, type RuleChecksProps } from './rule-checks'
export * as rules from './rules'
export type { IKeyPolicy } from './satisfy/policies'
export { keyIn } from './satisfy/requirements'
export { RuleConstruct, type RuleConstructProps, type SituationOf } from './satisfy/rule-construct'
export { SharedEncryptedAmi, type SharedEncryptedAmiProps, type SourceImage } from './shared-encrypted-ami'
