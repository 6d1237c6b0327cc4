import * as z from 'zod'

/*
 * The shape of `keyreach check --format json`, published as schemas/report.schema.json. Nothing is checked against it at run time;
 * a test holds real reports to it.
 */

const account = z.string().nullable().describe('the account number, null where it is not known')
const json: z.ZodType = z.json()
const statement = z
  .record(z.string(), json)
  .describe('a statement of a policy; ${…} stands for a reference in Terraform')
const target = z.string().describe('an address or ARN')

const fix = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key-policy-statement'), account, target, statement }),
  z.strictObject({ kind: z.literal('identity-statement'), account, target, statement }),
  z.strictObject({ kind: z.literal('trust-statement'), account, target, statement }),
  z.strictObject({ kind: z.literal('remove-statement'), account, target, statement: z.string() }),
  z.strictObject({
    kind: z.literal('edit-statement'),
    account,
    target,
    statement: z.string(),
    drop: z.array(z.string()).describe('the paths of what to take out: Condition.Bool.kms:ViaService'),
    set: statement.describe('the elements to set; of Principal and Condition only their members'),
  }),
  z.strictObject({ kind: z.literal('remove'), account, target }),
  z.strictObject({ kind: z.literal('depends-on'), account, target, on: z.string() }),
  z.strictObject({ kind: z.literal(['action', 'principal']), account, target, from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('attribute'), account, target, path: z.string(), value: json }),
  z.strictObject({
    kind: z.literal(['resource', 'move']),
    account,
    region: z.string().nullable(),
    target,
    type: z.string(),
    values: z.record(z.string(), json),
  }),
])

const finding = z.strictObject({
  rule: z.string().describe('the id of the rule'),
  severity: z.enum(['error', 'warning']),
  verdict: z.enum(['pass', 'fail', 'unknown']),
  account,
  region: z.string().nullable(),
  at: z.string().describe('address and attribute path'),
  requirement: z.string().describe('the kind of the requirement'),
  message: z.string().describe('what is so'),
  because: z.string().describe('why it is required'),
  symptom: z.string().nullable().describe('the error that AWS gives for it'),
  fix: z.array(fix).describe('the changes that make a failing finding pass'),
  evidence: z.array(z.strictObject({ at: z.string(), what: z.string() })).describe('what decided the verdict'),
  known: z.array(z.string()).describe('what would make an unknown verdict known'),
  waived: z.string().nullable().describe('why a failing finding is waived; null where it is not'),
})

const suppression = z.strictObject({
  scanner: z.enum(['checkov', 'kics', 'prowler', 'trivy']),
  check: z.string().describe('the id of the check in that scanner'),
  resource: z.string().describe('the address of the resource, without the keys of instances'),
  where: z.string().describe('where the text belongs'),
  text: z.string().describe('the comment, or the entry of the list'),
  because: z.string().describe('why the resource is as it is'),
})

const count = z.int().nonnegative()

/** A report. */
export const reportSchema = z.strictObject({
  previews: z
    .array(z.string())
    .optional()
    .describe('the files that are configuration, judged as a preview of their plan; absent where all are plans'),
  findings: z.array(finding),
  counts: z.strictObject({ pass: count, fail: count, unknown: count, waived: count.describe('of those that fail') }),
  errors: z
    .array(z.strictObject({ rule: z.string().nullable(), message: z.string() }))
    .describe('rules that broke, so that not all could be judged; empty unless the exit code is 2'),
  baselined: count.optional().describe('with --baseline: how many more there are that the baseline has already'),
  suppressions: z
    .array(suppression)
    .optional()
    .describe('with --suppressions: what keeps other scanners from flagging what passes here'),
})
