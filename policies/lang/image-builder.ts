import { fact, index } from '../intrinsics'
import { type Encryption, encryptionsBy, type Place } from './key'
import { isUnknown, type Maybe } from './maybe'
import { attribute, blocks, each, type Node, place, resourceOf, resources } from './plan'
import { ELSEWHERE } from './reference'
import type { Schema } from './schema'
import { agreed, all, any, not, type Truth, truth } from './truth'

type Configuration = Schema['aws_imagebuilder_distribution_configuration']
type DistributionBlock = Configuration['blocks']['distribution']
type AmiBlock = DistributionBlock['blocks']['ami_distribution_configuration']
type Recipe = Schema['aws_imagebuilder_image_recipe']

/** What a distribution configuration does with images in one region. */
export interface Distribution {
  readonly configuration: Node<Configuration>
  readonly block: Node<DistributionBlock>
  readonly ami: Node<AmiBlock>
  readonly region: string | null
  /** Whether the image is built in this region: then there is no copy for the own account, and the recipe's keys count. */
  readonly isBuildRegion: Truth
  /** Whether other accounts get copies. */
  readonly isTargeted: Truth
  /** Whether others get permission to launch: accounts, organizations, units or everybody. */
  readonly isPermitted: Truth
}

/** What the distribution configurations do with images, region by region. */
export const distributions = fact((): readonly Distribution[] =>
  resources('aws_imagebuilder_distribution_configuration').flatMap(configuration => distributionsOf(configuration)),
)

/** What one distribution configuration does with images, region by region. */
export function distributionsOf(configuration: Node<Configuration>): readonly Distribution[] {
  return blocks(configuration, 'distribution').flatMap(block =>
    blocks(block, 'ami_distribution_configuration').map(ami => {
      const region = attribute(block, 'region')
      return {
        configuration,
        block,
        ami,
        region: region === null || isUnknown(region) ? null : region,
        isBuildRegion: isSameRegion(region, configuration.region),
        isTargeted: isGiven(attribute(ami, 'target_account_ids')),
        isPermitted: any(
          blocks(ami, 'launch_permission').flatMap(permission => [
            isGiven(attribute(permission, 'user_ids')),
            isGiven(attribute(permission, 'user_groups')),
            isGiven(attribute(permission, 'organization_arns')),
            isGiven(attribute(permission, 'organizational_unit_arns')),
          ]),
        ),
      }
    }),
  )
}

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
  const read = [
    ...recipesOf(configuration.id).flatMap(recipe => recipeEncryptions(recipe)),
    ...openRecipe(configuration),
  ]
  return distributionsOf(configuration).flatMap(distribution => {
    const written = distributionKey(distribution)
    return each(attribute(distribution.ami, 'target_account_ids')).map(target => ({
      at: place(distribution.ami, 'target_account_ids'),
      target,
      region: distribution.region,
      encryptions: written.length === 0 ? read : [...read, written],
    }))
  })
}

/** An account that gets copies from another, and where that is written first. */
export interface Target {
  readonly at: string
  /** The account that builds, and the region. */
  readonly source: string | null
  readonly region: string | null
  readonly account: Maybe<string>
}

/** The accounts that get copies, once for each that builds for them. */
export const targets = fact((): readonly Target[] =>
  givenTargets().filter((target, i) => targetPositions(targetName(target.source, target.account))[0] === i),
)

/** Where it is written first that an account gets copies. */
export function targetPlace(source: string | null, account: Maybe<string>): string | null {
  const first = targetPositions(targetName(source, account))[0] ?? -1
  return givenTargets()[first]?.at ?? null
}

const givenTargets = fact((): readonly Target[] =>
  distributions().flatMap(({ configuration, ami }) =>
    each(attribute(ami, 'target_account_ids')).map(account => ({
      at: place(ami, 'target_account_ids'),
      source: configuration.account,
      region: configuration.region,
      account,
    })),
  ),
)

const targetPositions = index(function* () {
  for (const [i, target] of givenTargets().entries()) yield [targetName(target.source, target.account), i]
})

function targetName(source: string | null, account: Maybe<string>): string {
  if (isUnknown(account)) return `${source ?? ''}|${account.unknown}`
  return `${source ?? ''}|${account ?? ''}`
}

/** The key that a distribution names, by alternatives; none where it names none. */
export function distributionKey({ ami, configuration, region }: Distribution): readonly Encryption[] {
  const where: Place = { account: configuration.account, region }
  return encryptionsBy(attribute(ami, 'kms_key_id'), where)
}

/** The recipes of the pipelines and images that use a distribution configuration. */
export function recipesOf(configuration: string): readonly Node<Recipe>[] {
  return recipes(configuration).flatMap(resourceOf)
}

/** The distribution configurations of the pipelines and images that use a recipe. */
export function configurationsOf(recipe: string): readonly Node<Configuration>[] {
  return configurations(recipe).flatMap(resourceOf)
}

/**
 * Whether images of a recipe are given to others as they were built, under the recipe's keys: with permission to launch in the region of
 * the build, or as copies that other accounts make of them.
 */
export function isBuildShared(recipe: string): Truth {
  return any([...sharedBuilds(recipe), ...sharedBuilds(ELSEWHERE)])
}

/** Under what the volumes of a recipe are encrypted, where the author names a key. */
export function recipeEncryptions(recipe: Node<Recipe>): readonly (readonly Encryption[])[] {
  return blocks(recipe, 'block_device_mapping')
    .flatMap(mapping => blocks(mapping, 'ebs'))
    .map(ebs => encryptionsBy(attribute(ebs, 'kms_key_id'), { account: recipe.account, region: recipe.region }))
    .filter(alternatives => alternatives.length > 0)
}

/**
 * Under what an image is encrypted that Image Builder builds within Terraform: where it stays in its region and account, under the keys that
 * its recipe names. Which of several regions or accounts a reference means, a plan does not say.
 */
export function builtEncryption(image: Node<Schema['aws_imagebuilder_image']>): readonly (readonly Encryption[])[] {
  const open: readonly (readonly Encryption[])[] = [
    [{ kind: 'unknown', unknown: `the keys of the snapshots of ${image.address}` }],
  ]
  const build = buildOf(image)
  const built: readonly Node<Recipe>[] = build.recipes.flatMap(resourceOf)
  const recipe = built.length === 1 ? (built[0] ?? null) : null
  if (recipe === null || builtOwner(image) === null) return open
  const named = recipeEncryptions(recipe)
  const volumes = blocks(recipe, 'block_device_mapping').flatMap(mapping => blocks(mapping, 'ebs'))
  if (named.length > 0 && named.length === volumes.length) return named
  return [...named, ...open]
}

/** The account whose an image is that Image Builder builds within Terraform; null where it may be a copy for another account or region. */
export function builtOwner(image: Node<Schema['aws_imagebuilder_image']>): string | null {
  return any(buildOf(image).configurations.map(leavesHome)) === 'no' ? image.account : null
}

/** Whether a distribution configuration takes images to other regions or accounts. */
function leavesHome(configuration: string): Truth {
  const nodes: readonly Node<Configuration>[] = resourceOf(configuration)
  if (nodes.length === 0) return 'unknown'
  return any(nodes.flatMap(node => distributionsOf(node)).map(one => any([not(one.isBuildRegion), one.isTargeted])))
}

/** Whether a list has anything in it. */
export function isGiven(list: Maybe<readonly string[]>): Truth {
  if (isUnknown(list)) return 'unknown'
  return truth(each(list).length > 0)
}

function isSameRegion(region: Maybe<string>, home: string | null): Truth {
  if (region === null || isUnknown(region) || home === null) return 'unknown'
  return truth(region === home)
}

/** The keys of recipes that may be a configuration's too: where a pipeline or image does not show its recipe, or its configuration. */
function openRecipe(configuration: Node<Configuration>): readonly (readonly Encryption[])[] {
  if (!recipes(configuration.id).includes(ELSEWHERE) && recipes(ELSEWHERE).length === 0) return []
  return [[{ kind: 'unknown', unknown: `whose images ${configuration.address} distributes` }]]
}

/** A pipeline or image: the recipes that it may build, and the distribution configurations that it may use. */
interface Build {
  readonly recipes: readonly string[]
  readonly configurations: readonly string[]
}

const builds = fact((): readonly Build[] => [
  ...resources('aws_imagebuilder_image_pipeline').map(buildOf),
  ...resources('aws_imagebuilder_image').map(buildOf),
])

function buildOf(node: Node): Build {
  return {
    recipes: referred(attribute(node, 'image_recipe_arn') as Maybe<string>),
    configurations: referred(attribute(node, 'distribution_configuration_arn') as Maybe<string>),
  }
}

const recipes = index(function* () {
  for (const build of builds())
    for (const configuration of build.configurations) for (const recipe of build.recipes) yield [configuration, recipe]
})

const configurations = index(function* () {
  for (const build of builds())
    for (const recipe of build.recipes) for (const configuration of build.configurations) yield [recipe, configuration]
})

/** By recipe: what each pipeline or image does with it. Where one of several is meant, all have to agree. */
const sharedBuilds = index(function* () {
  for (const build of builds()) {
    const shared = build.configurations.length === 0 ? 'no' : agreed(build.configurations.map(sharesBuild))
    const isOpen = build.recipes.length > 1 || build.recipes.includes(ELSEWHERE)
    const certain: Truth = isOpen && shared === 'yes' ? 'unknown' : shared
    for (const recipe of build.recipes) yield [recipe, certain]
  }
})

function sharesBuild(configuration: string): Truth {
  const nodes: readonly Node<Configuration>[] = resourceOf(configuration)
  if (nodes.length === 0) return 'unknown'
  return any(
    nodes
      .flatMap(node => distributionsOf(node))
      .map(one => any([one.isTargeted, all([one.isPermitted, one.isBuildRegion])])),
  )
}

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
