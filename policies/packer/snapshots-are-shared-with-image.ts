import type { Json } from '../intrinsics'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import { type Builder, builders, isEncrypted, known, listSetting, missing, situationAt } from '../lang/template'
import { settingFix } from '../lang/template-fix'
import type { Truth } from '../lang/truth'

/**
 * The snapshots of an encrypted image are shared with the accounts that the image is shared with.
 *
 * To launch an image its launch permission is enough. To copy it, which is how an account gets an image under a key of its own, the account
 * has to be able to make volumes from each snapshot too: `snapshot_users` says who may.
 */
export default rule({
  severity: 'warning',
  aliases: ['packer-snapshot-users-with-ami-users'],
  symptoms: ['You do not have permission to access the storage of this ami'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html',
    'https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs#snapshot_users',
  ],

  *situations() {
    for (const builder of builders())
      if (isEncrypted(builder) === 'yes' && listSetting(builder, 'ami_users').length > 0)
        yield { ...situationAt(builder, 'snapshot_users'), builder }
  },

  requirements: ({ builder }) => [
    {
      kind: 'holds',
      what: 'the snapshots are shared with each account that the image is shared with',
      otherwise: `the image is shared with ${left(builder).join(' and ')}, but its snapshots are not`,
      holds: isShared(builder),
      severity: 'warning',
      fix: [settingFix(builder, 'snapshot_users', [...users(builder, 'snapshot_users'), ...left(builder)])],
      evidence: [],
      known: missing([...listSetting(builder, 'ami_users'), ...listSetting(builder, 'snapshot_users')]),
      because: 'whoever copies the image makes volumes from its snapshots',
    },
  ],
})

function users(builder: Builder, name: string): readonly string[] {
  return known(listSetting(builder, name))
}

function left(builder: Builder): readonly string[] {
  return users(builder, 'ami_users').filter(user => !users(builder, 'snapshot_users').includes(user))
}

function isShared(builder: Builder): Truth {
  const open = missing(listSetting(builder, 'snapshot_users'))
  if (left(builder).length > 0 && open.length === 0) return 'no'
  if (left(builder).length > 0 || missing(listSetting(builder, 'ami_users')).length > 0) return 'unknown'
  return 'yes'
}

const consumers = ['111122223333', '222233334444']

export const examples = (): Examples => ({
  pass: {
    'the snapshots are shared with the same accounts': world(),
    'the image is not encrypted': world({ encrypted: false, snapshots: [] }),
  },
  fail: {
    'the snapshots are not shared': world({ snapshots: [] }),
    'the snapshots are shared with one of two': world({ snapshots: ['222233334444'] }),
  },
  unknown: {
    'with whom the snapshots are shared is given to Packer': world({ snapshots: later }),
    'with whom the image is shared is given to Packer': world({ users: later }),
  },
})

function world({ users = consumers as Json, snapshots = consumers as Json, encrypted = true } = {}): ExampleWorld {
  const settings = {
    region: 'us-east-1',
    ami_users: users,
    snapshot_users: snapshots,
    encrypt_boot: encrypted,
    kms_key_id: '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f',
  }
  return { accounts: [], templates: [{ settings }] }
}
