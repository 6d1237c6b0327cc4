import { evaluateAccess } from '../engine/access'
import { baselineOf, baselineText } from '../engine/baseline'
import { engineNames } from '../engine/engine'
import { exampleWorld } from '../engine/example'
import { rules } from '../engine/registry'
import { type Report, reportOf } from '../engine/report'
import { github } from '../engine/report/github'
import { json } from '../engine/report/json'
import { junit } from '../engine/report/junit'
import { markdown } from '../engine/report/markdown'
import { originsIn } from '../engine/report/origin'
import { plain } from '../engine/report/paint'
import { sarif } from '../engine/report/sarif'
import { text } from '../engine/report/text'
import { suppressionsOf } from '../engine/suppressions'
import { pageData } from '../page/data'
import type { Json } from '../policies/intrinsics'
import { ref } from '../policies/lang/rule'
import { conftestAll, judgeAll } from './engines'

const account = '222233334444'
const key = `arn:aws:kms:eu-central-1:${account}:key/5ec2e700-0000-4000-8000-1a2b3c4d5e6f`
const secrets = [account, '5ec2e700', 'SecretSid', 'kms:SecretAction', 'secret-launcher']
const marked = (value: Json): Json => ({ $sensitive: value })

/** Everything that findings are made of, marked as sensitive: the account shared with, a key, a policy, an image. */
const world = exampleWorld({
  accounts: [
    {
      id: '444455556666',
      resources: {
        'aws_kms_key.image': {
          policy: marked(
            JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'SecretSid',
                  Effect: 'Allow',
                  Principal: { AWS: ['*', 'arn:aws:iam::444455556666:role/secret-launcher'] },
                  Action: ['kms:SecretAction', 'kms:Decrypt'],
                  Resource: '*',
                  Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
                },
              ],
            }),
          ),
        },
        'aws_ami_copy.image': { source_ami_id: 'ami-1', encrypted: true, kms_key_id: ref('aws_kms_key.image', 'arn') },
        'aws_ami_launch_permission.other': { image_id: ref('aws_ami_copy.image', 'id'), account_id: marked(account) },
        'aws_launch_template.app': {
          name: 'app',
          block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ encrypted: 'true', kms_key_id: marked(key) }] }],
        },
        'aws_autoscaling_group.app': { launch_template: [{ id: ref('aws_launch_template.app', 'id') }] },
        'aws_kms_grant.other': {
          key_id: marked(key),
          grantee_principal: `arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
          operations: ['Decrypt'],
        },
      },
    },
  ],
})

test('values that a plan marks as sensitive stand in no output of any engine', async () => {
  const judged = await judgeAll([world])
  for (const engine of engineNames) {
    const report = judged[engine][0]
    if (!report) throw new Error(`${engine} said nothing`)
    expect(report.errors).toEqual([])
    expect(report.findings.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(2)
    for (const output of outputs(report)) expect(secrets.filter(secret => output.includes(secret))).toEqual([])
  }
  const { outcome, accesses } = evaluateAccess(world)
  expect(accesses.length).toBeGreaterThan(0)
  const shown = JSON.stringify(pageData(reportOf(outcome), accesses, []))
  expect(secrets.filter(secret => shown.includes(secret))).toEqual([])
  const said = JSON.stringify(conftestAll([world]))
  expect(secrets.filter(secret => said.includes(secret))).toEqual([])
})

/** The report in every form that there is. */
function outputs(report: Report): readonly string[] {
  const originOf = originsIn(world)
  const help = (id: string) => ({ text: id, markdown: id })
  return [
    json({ ...report, suppressions: suppressionsOf(world, report) }),
    text(report, { paint: plain, width: 100, passing: true }),
    sarif(report, { version: '0.1.0', rules, help, originOf, passing: true }),
    junit(report, 'unknown'),
    github(report, originOf),
    markdown(report, rules),
    baselineText(baselineOf(report)),
  ]
}
