import { distinct, type Json } from '../intrinsics'
import { rootDevice, volumeKeyFix } from '../lang/build-volume'
import { isUnknown, type Maybe } from '../lang/maybe'
import { attribute, blocks, type Node, place, resources } from '../lang/plan'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import type { Schema } from '../lang/schema'
import { any, type Truth, truth } from '../lang/truth'

/**
 * A recipe that encrypts volumes encrypts the root device.
 *
 * A mapping whose device name is not the parent image's root device adds a second volume, and leaves the root as it is in the parent
 * image. Amazon Linux has its root at `/dev/xvda`, AWS's images of Ubuntu, Red Hat, SUSE and Windows at `/dev/sda1`. Of another parent
 * image the name is known where a plan reads it (`data.aws_ami`); the rule speaks of such a recipe only where no mapping can be the root's.
 */
export default rule({
  severity: 'warning',
  aliases: ['ib-recipe-maps-root-device'],
  symptoms: [],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html',
    'https://github.com/aws/ec2-image-builder-roadmap/issues/40',
  ],

  *situations() {
    for (const recipe of resources('aws_imagebuilder_image_recipe'))
      if (keyedDevices(recipe).length > 0 && isTold(recipe))
        yield {
          at: place(recipe, 'block_device_mapping'),
          account: recipe.account,
          region: recipe.region,
          recipe,
          root: rootDevice(recipe),
        }
  },

  requirements: ({ recipe, root }) => [
    {
      kind: 'holds',
      what: `\`${recipe.address}\` maps the root device${root === null ? '' : `, \`${root}\``}`,
      otherwise: `\`${recipe.address}\` names keys for ${keyedDevices(recipe).map(shown).join(', ')}, but does not map the root device, \`${root ?? ''}\``,
      holds: root === null ? 'unknown' : isMapped(recipe, root),
      severity: 'warning',
      fix: root === null ? [] : volumeKeyFix({ recipe, name: root, ebs: null, encryptions: [], known: [] }),
      evidence: [],
      known: [`the root device of the parent image of ${recipe.address}`],
      because: 'the root volume stays as it is in the parent image',
    },
  ],
})

type Recipe = Schema['aws_imagebuilder_image_recipe']

/** The devices that a recipe maps to volumes of EBS; '' for one of which it is not known which. */
function mappedDevices(recipe: Node<Recipe>): readonly string[] {
  return distinct(ebsMappings(recipe).map(mapping => nameOf(attribute(mapping, 'device_name'))))
}

/** Those of them for which it names keys. */
function keyedDevices(recipe: Node<Recipe>): readonly string[] {
  const keyed = ebsMappings(recipe).filter(mapping =>
    blocks(mapping, 'ebs').some(ebs => attribute(ebs, 'kms_key_id') !== null),
  )
  return distinct(keyed.map(mapping => nameOf(attribute(mapping, 'device_name'))))
}

function ebsMappings(recipe: Node<Recipe>): readonly Node<Recipe['blocks']['block_device_mapping']>[] {
  return blocks(recipe, 'block_device_mapping').filter(mapping => blocks(mapping, 'ebs').length > 0)
}

function nameOf(device: Maybe<string>): string {
  if (device === null || isUnknown(device)) return ''
  return device
}

/** Whether there is something to say: not of a parent image that no plan has read, where a device may be its root. */
function isTold(recipe: Node<Recipe>): boolean {
  const known = rootDevice(recipe) !== null || isUnknown(attribute(recipe, 'parent_image'))
  return known || !mappedDevices(recipe).some(name => ROOTS.includes(name))
}

/** What AWS's images, and most others, call their root device. */
const ROOTS = ['', '/dev/xvda', '/dev/sda1', '/dev/sda']

function isMapped(recipe: Node<Recipe>, root: string): Truth {
  return any(mappedDevices(recipe).map(name => (name === '' ? 'unknown' : truth(name === root))))
}

function shown(device: string): string {
  if (device === '') return 'a device'
  return `\`${device}\``
}

export const examples = (): Examples => ({
  pass: {
    'the root device is mapped': world({ device: '/dev/xvda' }),
    'Ubuntu has its root elsewhere': world({ device: '/dev/sda1', parent: 'ubuntu-server-24-lts-x86' }),
  },
  fail: {
    'only a second device is mapped': world({ device: '/dev/sdf' }),
    'the device is the root of another system': world({ device: '/dev/sda1' }),
  },
  unknown: {
    'the device is not known until apply': world({ device: later }),
    'the parent image is not known until apply': world({ image: later }),
    'the parent image is one that no plan has read': world({ device: '/dev/sdf', image: 'ami-0a1b2c3d4e5f60718' }),
  },
})

function world({ device = '/dev/xvda' as Json, parent = 'amazon-linux-2023-x86', image = '' as Json }): ExampleWorld {
  const own = `arn:aws:imagebuilder:eu-central-1:aws:image/${parent}/x.x.x`
  const ebs = { encrypted: 'true', kms_key_id: 'arn:aws:kms:eu-central-1:444455556666:key/1a2b' }
  const resources = {
    'aws_imagebuilder_image_recipe.app': {
      parent_image: image === '' ? own : image,
      block_device_mapping: [{ device_name: device, ebs: [ebs] }],
    },
  }
  return { accounts: [{ id: '444455556666', resources }] }
}
