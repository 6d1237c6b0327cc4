import { BadInput, type Place } from '../../engine/bad-input'
import { factsIn } from '../../engine/config/facts'
import { agreedAccount, dated, joined } from '../../engine/load/declared'
import { documentOf } from '../../engine/load/document'
import { jsonOf } from '../../engine/load/json'
import { checkPolicies } from '../../engine/load/policies'
import { json } from '../../engine/report/json'
import type { World } from '../../engine/world'
import type { JsonObject } from '../../policies/intrinsics'
import { h } from './dom'
import type { Judgement } from './judge'
import { showReport } from './report'

const form = element<HTMLFormElement>('#plan')
const text = element<HTMLTextAreaElement>('#text')
const facts = element<HTMLTextAreaElement>('#facts')
const account = element<HTMLInputElement>('#account')
const file = element<HTMLInputElement>('#file')
const state = element('#state')
const report = element('#report')
const name = 'plan.json'
const config = 'keyreach.yaml'

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
  if (text.value.trim() === '') {
    state.textContent = 'There is no plan yet: paste one, open a file, or use the example.'
    return
  }
  try {
    const world = worldOf(text.value, account.value.trim(), facts.value)
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

/**
 * The world in a text: a plan, and the account that it reaches where that is said, or all that `keyreach world` prints; with what `facts`, the
 * text of a keyreach.yaml, declares. Of a plan it says what is said of the file of that name, or of the only file that it names.
 */
function worldOf(text: string, account: string, facts: string): World {
  const document = documentOf(jsonOf(text, name), name)
  if (document.kind === 'builders' || document.kind === 'configuration') {
    const kind = document.kind === 'builders' ? 'a Packer template' : 'configuration, not a plan'
    throw new BadInput({ file: name }, `this is ${kind}; paste what \`keyreach world\` makes of it`)
  }
  const { plans = [], templates = [], ...declared } = factsIn(facts, config, undefined, noFile)
  if (templates.length > 0)
    throw new BadInput({ file: config }, 'templates are files; paste what `keyreach world` makes of them')
  const saidOf = (file: string) => plans.find(plan => plan.file === file)
  const said = plans.length === 1 ? plans[0] : saidOf(name)
  const agreed = agreedAccount({ file: name, account: account === '' ? null : account }, said?.account)
  const entries =
    document.kind === 'world'
      ? document.plans
      : document.kind === 'combined'
        ? document.plans.map(({ path, contents }) => ({ ...saidOf(path), file: path, plan: contents }))
        : [{ ...said, ...agreed, file: name, plan: document.plan }]
  for (const { plan, file } of entries) checkPolicies(plan, file)
  const more = document.kind === 'world' ? document.declared : {}
  return { ...dated(joined(declared as unknown as JsonObject, more, name)), plans: entries } as World
}

function noFile(file: string, place: Place): never {
  throw new BadInput(place, `\`${file}\` is a file, which this page does not read; write what is in it`)
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
