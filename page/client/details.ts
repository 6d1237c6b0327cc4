import { clean } from '../../engine/report/clean'
import { evidenceTexts } from '../../engine/report/evidence'
import { rank } from '../../engine/report/failing'
import { fixText } from '../../engine/report/fix'
import type { Finding, Fix } from '../../policies/lang/finding'
import { actionTone, gravest, type PageAccess, type Tone, toneOf } from '../data'
import { nameOf, principalName } from '../names'
import type { App, Opened } from './app'
import { type Child, fill, h, mark, named, prose } from './dom'

/** So many characters of a fix fit beside each other. */
const lineWidth = 44

/** So many findings of one line or cell are spelt out; of more, how many they are. */
const most = 20

/** What was opened: a finding with its fix, or an access with what decided it. */
export function detailsView(app: App): { readonly element: HTMLElement; update(): void } {
  const content = h('div', { class: 'content' })
  let opener: Element | null = null
  const close = (): void => {
    app.change({ opened: null })
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus()
  }
  const closer = h('button', { class: 'close', type: 'button', 'aria-label': 'Close', onclick: close }, '✕')
  const element = h(
    'aside',
    {
      class: 'details',
      'aria-label': 'Details',
      tabindex: -1,
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') close()
      },
    },
    closer,
    content,
  )
  let before: Opened | null | undefined
  return {
    element,
    update() {
      const { opened } = app.state()
      if (opened === before) return
      element.classList.toggle('open', opened !== null)
      // On a narrow screen it lies over all else, and is what the keyboard speaks to.
      if (opened !== null && !before) opener = document.activeElement
      before = opened
      fill(content, ...contentOf(app, opened))
      content.scrollTop = 0
      if (opened !== null && getComputedStyle(element).position === 'fixed') element.focus()
    },
  }
}

function contentOf(app: App, opened: Opened | null): readonly Child[] {
  const { report, rules } = app.index.data
  if (opened === null) return [introduction(app)]
  if (opened.kind === 'finding') {
    const finding = report.findings[opened.finding]
    return finding ? [card(finding, rules)] : []
  }
  const findings = [...new Set(opened.accesses.map(({ finding }) => finding))]
    .flatMap(place => report.findings[place] ?? [])
    .sort((a, b) => rank(a) - rank(b))
  return [
    h('h2', { class: 'title' }, clean(opened.title)),
    actionsOf(opened.accesses, report.findings, opened.action),
    findings.slice(0, most).map(finding => card(finding, rules)),
    findings.length > most ? h('p', { class: 'dim' }, `and ${findings.length - most} more findings`) : null,
  ]
}

function introduction(app: App): HTMLElement {
  const { report } = app.index.data
  return h(
    'div',
    { class: 'introduction' },
    h('p', {}, 'Choose a finding, a line of the map or a cell to see what decided it, and what mends it.'),
    h(
      'dl',
      {},
      (['error', 'warning', 'unknown', 'waived', 'pass'] as const).map(tone => [
        h('dt', {}, mark(tone, '')),
        h('dd', {}, meanings[tone]),
      ]),
    ),
    report.errors.length === 0
      ? null
      : h(
          'div',
          { class: 'broke', role: 'alert' },
          h('p', {}, 'Not all could be judged:'),
          h(
            'ul',
            {},
            report.errors.map(({ rule, message }) => h('li', {}, clean(`${rule ?? 'the engine'}: ${message}`))),
          ),
        ),
  )
}

const meanings: { readonly [tone in Tone]: string } = {
  error: 'AWS refuses this',
  warning: 'it works, but is not as it should be',
  unknown: 'the plans do not tell; a finding says what would',
  waived: 'fails, and is waived in keyreach.yaml',
  pass: 'as it has to be',
}

/** Who does what with which key, action by action. */
function actionsOf(accesses: readonly PageAccess[], findings: readonly Finding[], only: string | null): HTMLElement {
  const pairs = new Map<string, PageAccess[]>()
  for (const access of accesses) {
    const key = JSON.stringify([access.principal, access.key])
    pairs.set(key, [...(pairs.get(key) ?? []), access])
  }
  return h(
    'div',
    { class: 'pairs' },
    [...pairs.values()].slice(0, most).map(own => {
      const [first] = own
      if (!first) return null
      const actions = [...new Set(own.flatMap(({ actions }) => Object.keys(actions)))].sort()
      const needs = [...new Set(own.map(({ need }) => need.name))]
      return h(
        'section',
        {},
        pairs.size === 1 && only === null
          ? null
          : h('p', { class: 'pair' }, named(principalName(first.principal)), ' → ', named(nameOf(first.key.name))),
        h(
          'ul',
          { class: 'actions' },
          actions
            .filter(action => only === null || action === only)
            .map(action => {
              const tone = gravest(own.flatMap(access => toneIn(access, action, findings)))
              return h('li', {}, mark(tone), ' ', h('code', {}, action))
            }),
        ),
        h(
          'p',
          { class: 'dim' },
          'for ',
          needs.slice(0, 3).map((need, i) => [i > 0 ? ', ' : '', h('code', {}, clean(need))]),
        ),
      )
    }),
  )
}

function toneIn(access: PageAccess, action: string, findings: readonly Finding[]): readonly Tone[] {
  const [verdict, finding] = [access.actions[action], findings[access.finding]]
  return verdict && finding ? [actionTone(verdict, finding)] : []
}

/** A finding: what, why, what mends it, and what decided it. */
function card(finding: Finding, rules: { readonly [rule: string]: string }): HTMLElement {
  const tone = toneOf(finding)
  const { account, region, at, because, symptom, fix, evidence, known, waived, verdict } = finding
  const where = [account === null ? null : `account ${account}`, region].filter(part => part !== null).join(' · ')
  return h(
    'article',
    { class: 'card' },
    h('header', {}, mark(tone), h('span', { class: `tone ${tone}` }, tone), h('code', { class: 'rule' }, finding.rule)),
    h('h3', {}, prose(finding.message)),
    h('p', { class: 'at' }, h('code', {}, clean(at)), where === '' ? null : h('span', { class: 'dim' }, clean(where))),
    part('why', [h('p', {}, prose(because))]),
    waived === null ? null : part('waived because', [h('p', {}, prose(waived))]),
    symptom === null ? null : part('AWS then says', [h('p', { class: 'symptom' }, clean(symptom))]),
    fix.length === 0 ? null : part(verdict === 'unknown' ? 'to ask for' : 'fix', fixes(fix, verdict === 'unknown')),
    known.length === 0 ? null : part('known by', [list(known)]),
    evidence.length === 0 ? null : part('what decided it', [list(evidenceTexts(evidence))]),
    part('the rule', [h('p', {}, prose(rules[finding.rule] ?? ''))]),
  )
}

function part(title: string, children: readonly Child[]): HTMLElement {
  return h('section', {}, h('h4', {}, title), children)
}

function list(items: readonly string[]): HTMLElement {
  return h(
    'ul',
    {},
    items.map(item => h('li', {}, prose(item))),
  )
}

function fixes(fixes: readonly Fix[], isAsked: boolean): readonly Child[] {
  return fixes.map(fix => {
    const { sentence, lines } = fixText(fix, isAsked, lineWidth)
    if (lines.length === 0) return h('p', {}, clean(sentence))
    const text = h('pre', { tabindex: 0 }, lines.map(clean).join('\n'))
    return h('div', { class: 'fix' }, h('p', {}, clean(sentence)), h('div', { class: 'copied' }, text, copier(text)))
  })
}

function copier(source: HTMLElement): HTMLElement {
  const button = h('button', { type: 'button', class: 'copy' }, 'copy')
  button.addEventListener('click', async () => {
    await copy(source)
    button.textContent = 'copied'
    setTimeout(() => {
      button.textContent = 'copy'
    }, 1500)
  })
  return button
}

/** Copies what an element says; the old way where the page may not use the clipboard. */
async function copy(source: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '')
  } catch {
    getSelection()?.selectAllChildren(source)
    document.execCommand('copy')
  }
}
