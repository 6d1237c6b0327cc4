import type { Json } from '../intrinsics'
import { accountOf } from '../lang/aws'
import type { Fix } from '../lang/finding'
import { isUnknown, type Maybe } from '../lang/maybe'
import { type Examples, type ExampleWorld, later, rule } from '../lang/rule'
import { type Builder, builders, missing, type NamedKey, situationAt, writtenKeys } from '../lang/template'
import { newKeyFix, settingFix } from '../lang/template-fix'
import { type Truth, truth } from '../lang/truth'

/**
 * A key is named in a form that Packer takes: an id, `alias/…`, or the ARN of either.
 *
 * The name of an alias without `alias/` before it is no identifier. Packer does not know the ARNs of isolated partitions: there the id alone
 * serves, which is looked up in the account and region of the image. A key of another account is better named by its own ARN than by that of
 * an alias: CreateGrant, which EBS needs, takes no alias of another account.
 */
export default rule({
  severity: 'error',
  aliases: ['packer-valid-key-identifier'],
  symptoms: ['"{key}" is not a valid KMS Key Id.'],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html',
    'https://github.com/hashicorp/packer-plugin-amazon/blob/main/common/ami_config.go',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  ],

  *situations() {
    for (const builder of builders())
      for (const named of writtenKeys(builder)) yield { ...situationAt(builder, named.path), builder, named }
  },

  requirements: ({ builder, named }) => [
    {
      kind: 'holds',
      what: 'the key is named in a form that Packer takes',
      otherwise: `\`${textIn(named.key)}\` is neither the id of a key, nor \`alias/…\`, nor an ARN that Packer knows`,
      holds: isUnknown(named.key) ? 'unknown' : truth(isIdentifier(textIn(named.key))),
      severity: 'error',
      fix: mended(builder, named),
      evidence: [],
      known: missing([named.key]),
      because: 'Packer refuses a template with another form',
    },
    {
      kind: 'holds',
      what: 'the key is not named by an alias of another account',
      otherwise: `\`${textIn(named.key)}\` is an alias of another account`,
      holds: isOwn(textIn(named.key), builder.account),
      severity: 'warning',
      fix: newKeyFix(builder, named.path, named.region),
      evidence: [],
      known: [`the account in which \`${builder.address}\` builds (\`account\` of the template in keyreach.yaml)`],
      because: 'CreateGrant, which EBS needs, takes no alias of another account',
    },
  ],
})

function textIn(key: Maybe<string>): string {
  if (key === null || isUnknown(key)) return ''
  return key
}

/** As the plugin checks it: https://github.com/hashicorp/packer-plugin-amazon/blob/main/common/ami_config.go */
function isIdentifier(text: string): boolean {
  if (/^(mrk-)?[a-f0-9]+[a-f0-9-]+$/u.test(text) || /^alias\/[a-zA-Z0-9:/_-]+$/u.test(text)) return true
  return /^arn:aws(-[a-z]{2}(-gov)?)?:kms:([a-z]{2}-(gov-)?[a-z]+-[0-9])?:[0-9]{12}:(key\/(mrk-)?[a-f0-9]+[a-f0-9-]+|alias\/[a-zA-Z0-9:/_-]+)$/u.test(
    text,
  )
}

function isOwn(text: string, account: string | null): Truth {
  if (!text.includes(':alias/')) return 'yes'
  if (account === null) return 'unknown'
  return truth(accountOf(text) === account)
}

/** The id in an ARN, an alias with its prefix; a new key where neither can be meant. */
function mended(builder: Builder, { path, key, region }: NamedKey): readonly Fix[] {
  const text = textIn(key)
  const id = text.split(':key/')[1] ?? `alias/${text.split(':alias/')[1] ?? text}`
  if (isIdentifier(id)) return [settingFix(builder, path, id)]
  return newKeyFix(builder, path, region)
}

const id = '1a2b3c4d-0000-4000-8000-1a2b3c4d5e6f'

export const examples = (): Examples => ({
  pass: {
    'the key is named by its id': world(id),
    'the key is named by its multi-Region id': world('mrk-1234abcd12ab34cd56ef1234567890ab'),
    'the key is named by an alias': world('alias/image'),
    'the key is named by its ARN': world(`arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/${id}`),
    'the key is named by the ARN of an alias': world('arn:aws:kms:us-east-1:444455556666:alias/image'),
  },
  fail: {
    'the alias has no prefix': world('image'),
    'the identifier is a text for people': world('the key of images'),
    'the partition is an isolated one': world(`arn:aws-iso:kms:us-iso-east-1:444455556666:key/${id}`),
    'the alias is of another account': world('arn:aws:kms:us-east-1:111122223333:alias/image'),
  },
  unknown: {
    'the key is given to Packer': world(later),
    'nobody says in which account Packer builds': world('arn:aws:kms:us-east-1:444455556666:alias/image', null),
  },
})

function world(key: Json, account = '444455556666' as string | null): ExampleWorld {
  const settings = { region: 'us-east-1', encrypt_boot: true, kms_key_id: key }
  return { accounts: [], templates: [{ settings, ...(account === null ? {} : { account }) }] }
}
