import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { stackFilesIn } from '../../generator/synthesize'

/*
 * The example application, built with what is published for CDK for Terraform and for its fork: from one source, and therefore the same.
 */

mkdirSync('.tools/run', { recursive: true })
// Below the packages that both import.
const folder = realpathSync(mkdtempSync(resolve('.tools/run/flavours-')))
afterAll(() => rmSync(folder, { recursive: true }))

const flavours = {
  cdktf: {},
  cdktn: { cdktf: 'cdktn', '@cdktf/provider-aws': '@cdktn/provider-aws' },
}

test('both make the same of an application, and ask for the provider that they were made for', async () => {
  const [ours, fork] = await Promise.all([madeBy('cdktf'), madeBy('cdktn')])
  expect(ours.stacks).toHaveLength(5)
  expect(fork.stacks.map(resourcesOf)).toEqual(ours.stacks.map(resourcesOf))
  expect(fork.template).toBe(ours.template)
  for (const { terraform } of ours.stacks)
    expect(terraform.required_providers).toEqual({ aws: { source: 'aws', version: providerOf('@cdktf') } })
  for (const { terraform } of fork.stacks)
    expect(terraform.required_providers).toEqual({ aws: { source: 'hashicorp/aws', version: providerOf('@cdktn') } })
})

/** The stacks of the application and its template of Packer, without the folder that they were made in. */
async function madeBy(flavour: keyof typeof flavours) {
  const outfile = join(folder, `${flavour}.cjs`)
  await build({
    entryPoints: ['examples/app/main.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    alias: { ...flavours[flavour], 'keyreach/cdktf': resolve('dist', flavour, 'index.js') },
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  const cwd = join(folder, flavour)
  mkdirSync(cwd)
  execFileSync(process.execPath, [outfile], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  const read = (file: string) => readFileSync(file, 'utf8').replaceAll(cwd, '')
  return {
    stacks: stackFilesIn(cwd).map((file): StackFile => JSON.parse(read(file))),
    template: read(join(cwd, 'cdktf.out/app.pkr.hcl')),
  }
}

interface StackFile {
  readonly terraform: { readonly required_providers: unknown }
  readonly [part: string]: unknown
}

/** All but what the program that wrote it says of itself, and of the providers. */
function resourcesOf({ '//': _, terraform: __, ...made }: StackFile) {
  return made
}

/** The version of Terraform's provider that the classes of its resources were made for. */
function providerOf(scope: string): string {
  return JSON.parse(readFileSync(`node_modules/${scope}/provider-aws/package.json`, 'utf8')).cdktf.provider.version
}
