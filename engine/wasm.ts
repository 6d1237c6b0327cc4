import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Finding } from '../policies/lang/finding'
import { BadInput } from './bad-input'
import type { Engine, Outcome } from './engine'
import { packageRoot } from './package'
import { problemOf } from './problem'
import { projected } from './project'
import type { Answer } from './wasm-worker'
import type { World } from './world'

/** How long one evaluation may take. Patterns in hostile policies can keep the Wasm busy for ever. */
const limit = 60_000

let idle: { readonly worker: Worker; readonly dist: string } | null = null

/**
 * Runs the rules as the Wasm in `dist`, in a thread of its own: it may run out of time or break, and is then thrown away.
 * The thread is kept between evaluations, and does not keep the process alive.
 */
export const wasmIn = (dist: string): Engine => ({
  name: 'wasm',
  async evaluate(world: World): Promise<Outcome> {
    const worker = idle?.dist === dist ? idle.worker : started(dist)
    idle = null
    const answer = await answered(worker, world).catch(error => ({ problem: problemOf(error) }))
    if ('problem' in answer) {
      await worker.terminate()
      return { findings: [], errors: [{ rule: null, message: `the Wasm engine broke: ${answer.problem}` }] }
    }
    idle = { worker, dist }
    return { findings: answer.findings as readonly Finding[], errors: [] }
  },
})

function started(dist: string): Worker {
  const [program, rules] = [join(packageRoot(), 'dist', 'wasm-worker.js'), join(dist, 'keyreach.wasm')]
  for (const file of [rules, program])
    if (!existsSync(file)) throw new BadInput({ file }, 'it is missing; run `npm run build`')
  const worker = new Worker(program, { workerData: rules })
  worker.unref()
  return worker
}

async function answered(worker: Worker, world: World): Promise<Answer> {
  const input = new TextEncoder().encode(JSON.stringify(projected(world))).buffer
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer)
      // By name: Node listens to its own events of a worker as well, and a worker without those never answers again.
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
      finish()
    }
    const timer = setTimeout(() => settle(() => reject(new Error(`it took more than ${limit / 1000} s`))), limit)
    worker.once('message', (answer: Answer) => settle(() => resolve(answer)))
    worker.once('error', error => settle(() => reject(error)))
    worker.once('exit', code => settle(() => reject(new Error(`its thread ended with code ${code}`))))
    worker.postMessage(input, [input])
  })
}
