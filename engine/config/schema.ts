import * as z from 'zod'

/*
 * The shape of keyreach.yaml. It is the check and, through `z.toJSONSchema`, what editors complete from
 * (schemas/keyreach.schema.json). Without a sentence of its own a value is described by what an error says was expected.
 */

const account = text('an account number of 12 digits, in quotes', /^\d{12}$/)
const region = text('a region such as eu-central-1', /^[a-z]{2}(-[a-z]+)+-\d+$/)
const principal = text('the ARN of a role or user', /^arn:[^:]+:iam::\d{12}:/)
const key = text('the ARN of a KMS key', /^arn:[^:]+:kms:[^:]+:\d{12}:key\//)
const rule = text('the id or alias of a rule', /./)

const someKey = 'arn:aws:kms:eu-central-1:444455556666:key/1a345678-1234-1234-1234-123456789012'
const someRole = 'arn:aws:iam::111122223333:role/deployer'

const plan = closed('a plan', {
  file: saying(
    text('the path of a plan, relative to this file', /./),
    'The plan or state, as `terraform show -json` prints it; relative to this file.',
    'owner/plan.json',
  ),
  account: saying(account, 'The account that the plan reaches, where one is enough.', '444455556666').optional(),
  providers: saying(
    table('accounts by provider configuration (aws, aws.west)', text('a provider', /^[\w-]+(\.[\w-]+)?$/), account),
    'The account that each provider configuration of the plan reaches, where they differ.',
    { aws: '444455556666', 'aws.consumer': '111122223333' },
  ).optional(),
  identities: saying(
    table('ARNs or ids by address', text('an address', /./), text('an ARN or id', /./)),
    'What resources will be called once they are applied: it ties them to other plans, which name them by ARN or id.',
    { 'aws_kms_key.image': someKey },
  ).optional(),
})

const accountFacts = closed('what no plan shows of an account', {
  deployer: saying(
    principal,
    'Who runs Terraform in the account, where the provider assumes no role.',
    someRole,
  ).optional(),
  launchers: saying(
    list('principals that call RunInstances', principal),
    'Who launches instances of the images, or copies them, without Auto Scaling.',
    [someRole],
  ).optional(),
  'default-ebs-key': saying(
    table('keys by region', region, text('the ARN of a key, or aws-managed', /^(arn:|aws-managed$)/)),
    'The key of volumes and snapshots that name none, by region: an ARN, or `aws-managed` for `alias/aws/ebs`.',
    { 'eu-central-1': 'aws-managed' },
  ).optional(),
  'encryption-by-default': saying(
    list('regions', region),
    'Where EBS encrypts what asks for no encryption. Regions that are left out do not.',
    ['eu-central-1'],
  ).optional(),
  regions: saying(
    list('regions that are opted in', region),
    'The opt-in regions that are enabled. Those that are left out are not; all others always are.',
    ['eu-south-1'],
  ).optional(),
  'service-linked-roles': saying(
    list('names of roles that exist', text('the name of a role', /^[\w+=,.@-]+$/)),
    'The service-linked roles that exist. Those that are left out do not.',
    ['AWSServiceRoleForAutoScaling'],
  ).optional(),
})

const template = closed('a Packer template', {
  file: text('the path of a template, relative to this file', /./),
  account: account.optional(),
  role: text('an address or ARN of what Packer runs as', /./).optional(),
  variables: list('variable files', text('the path of a file with values of variables', /\.(hcl|json)$/)).optional(),
})

const keyFacts = closed('what no plan shows of a key', {
  policy: saying(
    text('a policy in JSON, or the path of one', /./),
    'The policy of the key: its JSON, or the path of a file that has it, relative to this file.',
    'key-policy.json',
  ).optional(),
  enabled: saying(flag(), 'Whether the key is enabled.').optional(),
  'multi-region': saying(flag(), 'Whether it is a multi-Region key; its id says so too.').optional(),
  region: saying(region, 'Its region; its ARN says so too.').optional(),
})

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
const operations = [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetPublicKey',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'Sign',
  'Verify',
  'VerifyMac',
] as const

const grant = closed('a grant made elsewhere', {
  key: saying(key, 'The key that the grant is on.', someKey),
  grantee: saying(
    text('the ARN of a role, user or session', /^arn:[^:]+:(iam|sts)::\d{12}:/),
    'To whom the grant is.',
    'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  ),
  operations: list(
    'grant operations',
    z
      .enum(operations, { error: 'expected a grant operation such as Decrypt' })
      .meta({ description: 'a grant operation such as Decrypt' }),
  ),
  issuer: saying(account, 'The account whose credentials made the grant.', '111122223333').optional(),
})

const organization = closed('an organization', {
  id: text('the id of an organization (o-…)', /^o-/),
  root: saying(text('the id of a root (r-…)', /^r-/), 'The root of the organization.', 'r-abcd').optional(),
  management: saying(account, 'The management account.', '999988887777').optional(),
  accounts: saying(
    table(
      'organizational units by account',
      account,
      text('the id of a unit or root, or the units above each other (ou-…/ou-…)', /^(r-[^/]+|ou-[^/]+(\/ou-[^/]+)*)$/),
    ),
    'Where accounts stand: the unit, after the units above it if there are any, or the root.',
    { '111122223333': 'ou-abcd-1', '444455556666': 'ou-abcd-1/ou-abcd-2' },
  ).optional(),
})

const waiver = closed('a waiver', {
  rule,
  at: saying(
    text('an address and attribute path; * stands for any text', /./),
    'Where failures are accepted, as findings name the place; `*` stands for any text.',
    'aws_kms_key.image*',
  ),
  reason: saying(text('why this is accepted', /./), 'Why this is accepted; reports show it.', 'being replaced'),
  until: saying(
    text('a date such as 2027-01-31', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
    'The last day on which the waiver holds.',
    '2027-01-31',
  ).optional(),
})

const level = z
  .enum(['error', 'warning', 'off'], { error: 'expected error, warning or off' })
  .meta({ description: 'error, warning or off' })

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number, true or false' })
const parameter = z.union([scalar, z.array(scalar)], {
  error: 'expected a text, a number, true, false, or a list of these',
})

/** keyreach.yaml. */
export const schema = closed('a table of what no plan shows', {
  plans: saying(list('plans', plan), 'What `keyreach check` judges where the command line names no plan.').optional(),
  accounts: saying(table('facts by account', account, accountFacts), 'What no plan shows of accounts.').optional(),
  templates: saying(list('Packer templates', template), 'Packer templates, and as what Packer runs.').optional(),
  images: saying(
    table('keys by image', text('the id of an image (ami-…)', /^ami-/), list('ARNs of KMS keys', key)),
    'The keys of the snapshots of images that no plan makes.',
    { 'ami-0f1e2d3c4b5a69788': [someKey] },
  ).optional(),
  keys: saying(table('facts by the ARN of a key', key, keyFacts), 'Keys that no plan makes.').optional(),
  grants: saying(list('grants', grant), 'Grants that no plan makes.').optional(),
  organization: saying(organization, 'The organization, for policies that ask for it.').optional(),
  waivers: saying(
    list('waivers', waiver),
    'Failures that are accepted. Those that have ended, or waive nothing, are reported.',
  ).optional(),
  levels: saying(table('levels by rule', rule, level), 'How much rules weigh here.', {
    'kms/multi-region-key-has-replica': 'warning',
  }).optional(),
  parameters: saying(
    table('parameters by rule', rule, table('values by name', text('a name', /./), parameter)),
    'What rules leave to their users; the pages of the rules have names and defaults.',
  ).optional(),
})

export type Contents = z.infer<typeof schema>

function text(what: string, pattern: RegExp) {
  return z
    .string({ error: `expected ${what}` })
    .regex(pattern, { error: `expected ${what}` })
    .meta({ description: what })
}

/** A type with a sentence for editors, which may show examples too. */
function saying<T extends z.ZodType>(type: T, description: string, ...examples: readonly unknown[]): T {
  return type.meta({ description, ...(examples.length > 0 && { examples: [...examples] }) })
}

function flag() {
  return z.boolean({ error: 'expected true or false' })
}

function list<T extends z.ZodType>(what: string, item: T) {
  return z.array(item, { error: `expected a list of ${what}` }).meta({ description: `a list of ${what}` })
}

function table<K extends z.ZodString, V extends z.ZodType>(what: string, name: K, value: V) {
  return z.record(name, value, { error: `expected a table of ${what}` }).meta({ description: `a table of ${what}` })
}

/** An object of these keys and no others. */
function closed<S extends z.ZodRawShape>(what: string, shape: S) {
  return z
    .strictObject(shape, {
      error: issue =>
        issue.code === 'unrecognized_keys' ? `expected one of ${Object.keys(shape).join(', ')}` : `expected ${what}`,
    })
    .meta({ description: what })
}
