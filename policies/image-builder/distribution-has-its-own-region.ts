import type { Fix } from '../lang/finding'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { any, type Truth, truth } from '../lang/truth'

/**
 * A distribution configuration distributes to the region that it is in, too.
 *
 * Image Builder builds in one region and copies from there, and wants the region of the build among those of the distribution, even where
 * the image is for others only. What the image is called there, and who may launch it, is what that distribution says.
 */
export default rule({
  severity: 'warning',
  aliases: [],
  symptoms: [],
  references: ['https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html'],

  *situations() {
    for (const configuration of resources('aws_imagebuilder_distribution_configuration'))
      if (configuration.region !== null)
        yield {
          at: place(configuration, 'distribution'),
          account: configuration.account,
          region: configuration.region,
          configuration,
        }
  },

  requirements: ({ at, region, configuration }) => [
    {
      kind: 'holds',
      what: `\`${configuration.address}\` distributes to ${region}, where it is`,
      otherwise: `\`${configuration.address}\` does not distribute to ${region}, where it is`,
      holds: any(regionsOf(configuration).map(given => isRegion(given, region))),
      severity: 'warning',
      fix: [ownRegion(configuration, region)],
      evidence: [],
      known: regionsOf(configuration).flatMap(given => (isUnknown(given) ? [given.unknown] : [`${at}.region`])),
      because: 'Image Builder wants a distribution for the region in which it builds',
    },
  ],
})

type Configuration = Schema['aws_imagebuilder_distribution_configuration']

function regionsOf(configuration: Node<Configuration>): readonly Maybe<string>[] {
  return blocks(configuration, 'distribution').map(distribution => attribute(distribution, 'region'))
}

function isRegion(given: Maybe<string>, region: string): Truth {
  if (isUnknown(given)) return 'unknown'
  return truth(given === region)
}

function ownRegion({ account, address }: Node<Configuration>, region: string): Fix {
  return { kind: 'attribute', account, target: address, path: `distribution[region="${region}"].region`, value: region }
}

export const examples = (): Examples => ({
  pass: {
    'the image stays where it is built': world(['eu-central-1']),
  },
  fail: {
    'the image goes to another region only': world(['eu-west-1']),
  },
  unknown: {
    'a region is not known until apply': world(['eu-west-1', later]),
  },
})

/** A configuration in eu-central-1 that distributes to these regions. */
function world(regions: readonly (typeof later)[]): ExampleWorld {
  const distribution = regions.map(region => ({ region }))
  const resources = { 'aws_imagebuilder_distribution_configuration.app': { name: 'app', distribution } }
  return { accounts: [{ id: '444455556666', resources }] }
}
