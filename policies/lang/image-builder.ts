import { index } from '../intrinsics'
import { type Encryption, encryptionsBy, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, each, type Node, place, resourceOf, resources } from './plan'
import type { Schema } from './schema'

type Configuration = Schema['aws_imagebuilder_distribution_configuration']
type Recipe = Schema['aws_imagebuilder_image_recipe']

/** A copy of an image that Image Builder makes for another account: under which keys it is read and written. */
export interface TargetCopy {
  readonly at: string
  /** The account that it goes to. */
  readonly target: Maybe<string>
  readonly region: string | null
  /** The keys of the recipe's volumes, which are read, and the distribution's, under which the copy is written; each with its region. */
  readonly encryptions: readonly (readonly Encryption[])[]
}

/** The copies for other accounts that a distribution configuration asks for. */
export function targetCopies(configuration: Node<Configuration>): readonly TargetCopy[] {
  const read = recipesOf(configuration.id).flatMap(recipe => recipeEncryptions(recipe))
  return blocks(configuration, 'distribution').flatMap(distribution =>
    blocks(distribution, 'ami_distribution_configuration').flatMap(ami => {
      const region = attribute(distribution, 'region')
      const where: Place = {
        account: configuration.account,
        region: region === null || isUnknown(region) ? null : region,
      }
      const written = encryptionsBy(attribute(ami, 'kms_key_id'), where)
      return each(attribute(ami, 'target_account_ids')).map(target => ({
        at: place(ami, 'target_account_ids'),
        target,
        region: where.region,
        encryptions: written.length === 0 ? read : [...read, written],
      }))
    }),
  )
}

/** The recipes of the pipelines and images that use a distribution configuration. */
export function recipesOf(configuration: string): readonly Node<Recipe>[] {
  return recipes(configuration).flatMap(resourceOf)
}

/** Under what the volumes of a recipe are encrypted, where the author names a key. */
export function recipeEncryptions(recipe: Node<Recipe>): readonly (readonly Encryption[])[] {
  return blocks(recipe, 'block_device_mapping')
    .flatMap(mapping => blocks(mapping, 'ebs'))
    .map(ebs => encryptionsBy(attribute(ebs, 'kms_key_id'), { account: recipe.account, region: recipe.region }))
    .filter(alternatives => alternatives.length > 0)
}

const recipes = index(function* () {
  for (const pipeline of resources('aws_imagebuilder_image_pipeline'))
    for (const configuration of referred(attribute(pipeline, 'distribution_configuration_arn')))
      for (const recipe of referred(attribute(pipeline, 'image_recipe_arn'))) yield [configuration, recipe]
  for (const image of resources('aws_imagebuilder_image'))
    for (const configuration of referred(attribute(image, 'distribution_configuration_arn')))
      for (const recipe of referred(attribute(image, 'image_recipe_arn'))) yield [configuration, recipe]
})

/** The resources whose ARN a value is: by reference, or by an ARN that is known. */
function referred(arn: Maybe<string>): readonly string[] {
  if (arn === null) return []
  if (isUnknown(arn)) return arn.candidates
  return byArn(arn)
}

const byArn = index(function* () {
  for (const node of [
    ...resources('aws_imagebuilder_distribution_configuration'),
    ...resources('aws_imagebuilder_image_recipe'),
  ]) {
    const arn = node.after['arn'] ?? null
    if (typeof arn === 'string') yield [arn, node.id]
  }
})
