import { BadInput } from '../../engine/bad-input'
import { documentOf } from '../../engine/load/document'
import { jsonOf } from '../../engine/load/json'
import { checkPolicies } from '../../engine/load/policies'
import { json } from '../../engine/report/json'
import type { World } from '../../engine/world'
import { h } from './dom'
import type { Judgement } from './judge'
import { showReport } from './report'

const form = element<HTMLFormElement>('#plan')
const text = element<HTMLTextAreaElement>('#text')
const account = element<HTMLInputElement>('#account')
const file = element<HTMLInputElement>('#file')
const state = element('#state')
const report = element('#report')
const name = 'plan.json'

form.addEventListener('submit', event => {
  event.preventDefault()
  judge()
})
file.addEventListener('change', async () => {
  text.value = (await file.files?.[0]?.text()) ?? ''
  judge()
})
element('#example').addEventListener('click', async () => {
  text.value = await (await fetch('assets/example.json')).text()
  judge()
})

async function judge(): Promise<void> {
  report.replaceChildren()
  report.className = ''
  try {
    const world = worldOf(text.value, account.value.trim())
    state.textContent = 'Judging …'
    const judgement = await judgedBy(await worker(), world)
    if ('problem' in judgement) throw new Error(judgement.problem)
    const { data } = judgement
    const blob = URL.createObjectURL(new Blob([json(data.report)], { type: 'application/json' }))
    state.replaceChildren(h('a', { href: blob, download: 'report.json' }, 'Keep it as JSON'))
    report.className = 'report'
    showReport(report, data)
    report.scrollIntoView()
  } catch (error) {
    state.textContent = error instanceof BadInput ? error.message : `It could not be judged: ${String(error)}`
  }
}

/** The world in a text: a plan, and the account that it reaches where that is said, or all that `keyreach world` prints. */
function worldOf(text: string, account: string): World {
  const document = documentOf(jsonOf(text, name), name)
  if (document.kind === 'builders' || document.kind === 'configuration') {
    const kind = document.kind === 'builders' ? 'a Packer template' : 'configuration, not a plan'
    throw new BadInput({ file: name }, `this is ${kind}; paste what \`keyreach world\` makes of it`)
  }
  const entries =
    document.kind === 'world'
      ? document.plans
      : document.kind === 'combined'
        ? document.plans.map(({ path, contents }) => ({ file: path, plan: contents }))
        : [{ file: name, plan: document.plan, ...(account !== '' && { account }) }]
  for (const { plan, file } of entries) checkPolicies(plan, file)
  return { ...(document.kind === 'world' && document.declared), plans: entries }
}

/** A worker made of text is held to what this page is: it can reach nothing but where the page came from. */
async function worker(): Promise<Worker> {
  const script = await (await fetch('assets/judge.js')).text()
  return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
}

async function judgedBy(worker: Worker, world: World): Promise<Judgement> {
  const wasm = await (await fetch('assets/keyreach.wasm')).arrayBuffer()
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Judgement>) => resolve(data))
      worker.addEventListener('error', ({ message }) => reject(new Error(message)))
      worker.postMessage({ wasm, world }, [wasm])
    })
  } finally {
    worker.terminate()
  }
}

function element<E extends HTMLElement = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector)
  if (!found) throw new Error(`the page has no ${selector}`)
  return found
}
