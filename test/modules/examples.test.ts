import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { synthesize } from '../../generator/synthesize'
import { programs } from './programs'

test('what every example makes passes every rule that speaks of it, and nothing is unknown', async () => {
  const reports = await synthesize(programs, async ({ folder, resources }) => ({
    made: resources.length,
    ...preview(folder),
  }))
  expect([...reports.keys()]).toEqual(programs)
  for (const [file, { made, status, errors, findings }] of reports) {
    expect({ file, status, errors, complaints: findings.filter(({ verdict }) => verdict !== 'pass') }).toEqual({
      file,
      status: 0,
      errors: '',
      complaints: [],
    })
    expect(made).toBeGreaterThan(0)
    expect(findings.length).toBeGreaterThan(0)
  }
})

test('an example that does not run is named in one line', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'keyreach-')), 'app.ts')
  writeFileSync(file, "throw new Error('images/key: accountId: it is no number')")
  const run = synthesize([file], async () => {})
  await expect(run).rejects.toThrow(new Error(`${file}: images/key: accountId: it is no number`))
})

test.each([
  ['auto-scaling-shared-image', 'aws_kms_grant', 'auto-scaling/service-linked-role-holds-grant'],
  ['copied-image', 'aws_iam_role_policy', 'access/launcher-policies-allow-key'],
  ['image-builder-distribution', 'aws_iam_role_policy_attachment', 'image-builder/distribution-role-is-as-named'],
  ['packer-cross-region', 'aws_iam_role_policy', 'packer/role-uses-keys'],
  ['key-usage', 'aws_cloudwatch_metric_alarm', 'operations/kms-calls-have-an-alarm'],
])('the guide %s says what fails without %s', (guide, type, rule) => {
  const rows = readFileSync(`docs/guides/${guide}.md`, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| '))
  expect(rows.filter(row => row.includes(`| \`${type}\` of `) && row.includes(rule))).toHaveLength(1)
})

/** What `keyreach preview` says in a folder, as whoever has run an example there would ask it. */
function preview(cwd: string) {
  const args = [resolve('dist/keyreach.js'), 'preview', 'cdktf.out', '--format', 'json']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  const { findings = [] } = stdout === '' ? {} : JSON.parse(stdout)
  return { status, errors: stderr, findings: findings as readonly { readonly verdict: string }[] }
}
