import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { type LoadedPolicy, loadPolicy } from '@open-policy-agent/opa-wasm'
import { problemOf } from './problem'

/** What the thread says to an input: findings as Rego gives them, or why there are none. */
export type Answer = { readonly findings: readonly unknown[] } | { readonly problem: string }

const page = 65536

/** Memory that has to grow during an evaluation costs ten times as much as memory that is there. */
const least = 2048
const most = 65536

const bytes = readFileSync(workerData as string)
let loaded: { readonly policy: LoadedPolicy; readonly pages: number } | null = null

parentPort?.on('message', async (input: ArrayBuffer) => parentPort?.postMessage(await answer(input)))

async function answer(input: ArrayBuffer): Promise<Answer> {
  try {
    const policy = await policyFor(input.byteLength)
    const [result] = policy.evaluate(input) as readonly { readonly result: readonly unknown[] }[]
    return result ? { findings: result.result } : { problem: 'it has no result' }
  } catch (error) {
    loaded = null
    return { problem: problemOf(error) }
  }
}

/** OPA's heap takes about eight times the text of the input. */
async function policyFor(length: number): Promise<LoadedPolicy> {
  const pages = Math.min(most, Math.max(least, Math.ceil((length * 10) / page)))
  if (!loaded || loaded.pages < pages)
    loaded = { policy: await loadPolicy(bytes, { initial: pages, maximum: most }), pages }
  return loaded.policy
}
