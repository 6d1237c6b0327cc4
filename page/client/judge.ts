import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { evaluateAccess } from '../../engine/access'
import { problemOf } from '../../engine/problem'
import { projected } from '../../engine/project'
import { rules } from '../../engine/registry'
import { reportOf } from '../../engine/report'
import type { World } from '../../engine/world'
import type { Finding } from '../../policies/lang/finding'
import { type PageData, pageData } from '../data'

/** What is sent to this worker: the program, and what it judges. */
export interface Case {
  readonly wasm: ArrayBuffer
  readonly world: World
}

export type Judgement = { readonly data: PageData } | { readonly problem: string }

/** Memory that Wasm starts with, in pages of 64 KB; it grows. */
const initial = 1024

addEventListener('message', async ({ data }: MessageEvent<Case>) => postMessage(await judged(data)))

/** What the Wasm finds. Who asks for what, which a map is made of, the rules say as they are. */
async function judged({ wasm, world }: Case): Promise<Judgement> {
  try {
    const policy = await loadPolicy(wasm, { initial, maximum: 65536 })
    const input = new TextEncoder().encode(JSON.stringify(projected(world))).buffer
    const [result] = policy.evaluate(input) as readonly { readonly result: readonly Finding[] }[]
    if (!result) return { problem: 'the Wasm gave no result' }
    const report = reportOf({ findings: result.result, errors: [] })
    return { data: pageData(report, evaluateAccess(world).accesses, rules) }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}
