import * as z from 'zod'

/*
 * The shape of keyreach.yaml. It is the check and, through `z.toJSONSchema`, what editors complete from
 * (schemas/keyreach.schema.json). The description of a value is also what an error says was expected.
 */

const account = text('an account number of 12 digits, in quotes', /^\d{12}$/)
const arn = text('an ARN', /^arn:/)
const region = text('a region such as eu-central-1', /^[a-z]{2}(-[a-z]+)+-\d+$/)
const principal = text('the ARN of a role or user', /^arn:[^:]+:iam::\d{12}:/)
const key = text('the ARN of a KMS key', /^arn:[^:]+:kms:[^:]+:\d{12}:key\//)
const rule = text('the id or alias of a rule', /./)

const plan = closed('a plan', {
  file: text('the path of a plan, relative to this file', /./),
  account: account.optional(),
  providers: table(
    'accounts by provider configuration (aws, aws.west)',
    text('a provider', /^[\w-]+(\.[\w-]+)?$/),
    account,
  ).optional(),
  identities: table('ARNs or ids by address', text('an address', /./), text('an ARN or id', /./)).optional(),
})

const accountFacts = closed('what no plan shows of an account', {
  deployer: principal.optional(),
  launchers: list('principals that call RunInstances', principal).optional(),
  'default-ebs-key': table(
    'keys by region',
    region,
    text('the ARN of a key, or aws-managed', /^(arn:|aws-managed$)/),
  ).optional(),
  'encryption-by-default': list('regions', region).optional(),
  regions: list('regions that are opted in', region).optional(),
  'service-linked-roles': list('names of roles that exist', text('the name of a role', /^[\w+=,.@-]+$/)).optional(),
})

const template = closed('a Packer template', {
  file: text('the path of a template, relative to this file', /./),
  account: account.optional(),
  role: text('an address or ARN of what Packer runs as', /./).optional(),
  variables: list(
    'variable files',
    text('the path of a *.pkrvars.hcl or *.pkrvars.json', /\.pkrvars\.(hcl|json)$/),
  ).optional(),
})

const keyFacts = closed('what no plan shows of a key', {
  policy: text('a policy in JSON, or the path of one', /./).optional(),
  enabled: flag().optional(),
  'multi-region': flag().optional(),
  region: region.optional(),
})

const grant = closed('a grant made elsewhere', {
  key,
  grantee: principal,
  operations: list('grant operations', text('a grant operation such as Decrypt', /^[A-Z]\w+$/)),
  issuer: account.optional(),
})

const organization = closed('an organization', {
  id: text('the id of an organization (o-…)', /^o-/),
  root: text('the id of a root (r-…)', /^r-/).optional(),
  management: account.optional(),
  accounts: table('organizational units by account', account, text('the id of a unit or root', /^(ou|r)-/)).optional(),
})

const waiver = closed('a waiver', {
  rule,
  at: text('an address and attribute path; * stands for any text', /./),
  reason: text('why this is accepted', /./),
  until: text('a date such as 2027-01-31', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).optional(),
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
  plans: list('plans', plan).optional(),
  accounts: table('facts by account', account, accountFacts).optional(),
  templates: list('Packer templates', template).optional(),
  images: table('keys by image', text('the id of an image (ami-…)', /^ami-/), list('ARNs of keys', arn)).optional(),
  keys: table('facts by the ARN of a key', key, keyFacts).optional(),
  grants: list('grants', grant).optional(),
  organization: organization.optional(),
  waivers: list('waivers', waiver).optional(),
  levels: table('levels by rule', rule, level).optional(),
  parameters: table('parameters by rule', rule, table('values by name', text('a name', /./), parameter)).optional(),
})

export type Contents = z.infer<typeof schema>

function text(what: string, pattern: RegExp) {
  return z
    .string({ error: `expected ${what}` })
    .regex(pattern, { error: `expected ${what}` })
    .meta({ description: what })
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
