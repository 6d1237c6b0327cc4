import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { synthesize } from '../../generator/synthesize'

const programs = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => join('examples', file))

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

/** What `keyreach preview` says in a folder, as whoever has run an example there would ask it. */
function preview(cwd: string) {
  const args = [resolve('dist/keyreach.js'), 'preview', 'cdktf.out', '--format', 'json']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  const { findings = [] } = stdout === '' ? {} : JSON.parse(stdout)
  return { status, errors: stderr, findings: findings as readonly { readonly verdict: string }[] }
}
