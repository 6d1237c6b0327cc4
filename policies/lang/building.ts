import { index } from '../intrinsics'
import { distributions } from './image-builder'
import type { Place } from './key'
import { resources } from './plan'
import { builders, imageKeys } from './template'

/** The places where an account makes images in a region: it builds, copies or distributes them there. */
export function imageMakers({ account, region }: Place): readonly string[] {
  if (account === null || region === null) return []
  return makers(`${account}|${region}`)
}

const makers = index(function* () {
  for (const node of [
    ...resources('aws_ami_copy'),
    ...resources('aws_ami_from_instance'),
    ...resources('aws_imagebuilder_image_recipe'),
  ])
    yield [`${node.account ?? ''}|${node.region ?? ''}`, node.address]
  for (const { configuration, region } of distributions())
    yield [`${configuration.account ?? ''}|${region ?? ''}`, configuration.address]
  for (const builder of builders())
    for (const { region } of imageKeys(builder)) yield [`${builder.account ?? ''}|${region}`, builder.address]
})
