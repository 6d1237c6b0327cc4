import { createHash, createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadInput, systemProblem } from '../engine/bad-input'
import { runOpa } from '../engine/opa'
import { packageRoot } from '../engine/package'
import { archive, extracted } from '../generator/archive'

/** A bundle that was written. */
export interface Written {
  readonly file: string
  readonly sha256: string
  readonly revision: string
}

const names = ['keyreach.tar.gz', 'keyreach-wasm.tar.gz', 'keyreach-server.tar.gz']

/** Writes the bundles into a directory, signed where there is a key. Throws `BadInput` where that cannot be done. */
export async function writeBundles(out: string, key: string | null): Promise<readonly Written[]> {
  const algorithm = key === null ? null : algorithmOf(key)
  mkdirSync(out, { recursive: true })
  const written: Written[] = []
  for (const name of names) {
    const made = join(packageRoot(), 'dist', name)
    if (!existsSync(made)) throw new BadInput({ file: made }, 'it is missing; run `npm run generate`')
    const bytes = key === null || algorithm === null ? readFileSync(made) : await signed(made, key, algorithm)
    const file = join(out, name)
    writeFileSync(file, bytes)
    written.push({ file, sha256: createHash('sha256').update(bytes).digest('hex'), revision: revisionOf(bytes) })
  }
  return written
}

function revisionOf(bundle: Uint8Array): string {
  const manifest = extracted(bundle).find(({ path }) => path === '.manifest')
  return JSON.parse(manifest?.text.toString() ?? '{}').revision
}

/** What OPA calls the signatures of a key: https://www.openpolicyagent.org/docs/configuration#keys */
function algorithmOf(key: string): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = privateKey(key)
  if (type === 'rsa') return 'RS256'
  const curves: { readonly [curve: string]: string } = { prime256v1: 'ES256', secp384r1: 'ES384' }
  const algorithm = type === 'ec' ? curves[details?.namedCurve ?? ''] : undefined
  if (algorithm) return algorithm
  throw new BadInput({ file: key }, `OPA cannot sign with a key of type ${type}; expected RSA, P-256 or P-384`)
}

function privateKey(file: string) {
  let text: Buffer
  try {
    text = readFileSync(file)
  } catch (error) {
    throw new BadInput({ file }, systemProblem(error))
  }
  try {
    return createPrivateKey(text)
  } catch {
    throw new BadInput({ file }, 'this is no private key in PEM without a passphrase')
  }
}

async function signed(file: string, key: string, algorithm: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'keyreach-'))
  try {
    const signing = ['--signing-key', key, '--signing-alg', algorithm, '--output-file-path', folder]
    await runOpa(['sign', ...signing, '--bundle', file])
    const signatures = { path: '.signatures.json', text: readFileSync(join(folder, '.signatures.json')) }
    return archive([...extracted(readFileSync(file)), signatures])
  } finally {
    rmSync(folder, { recursive: true })
  }
}
