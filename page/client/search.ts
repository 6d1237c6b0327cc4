import type { SitePage } from '../site/pages'
import { fill, h } from './dom'

/** What `page/site/index.ts` puts into this bundle. */
declare const PAGES: readonly Found[]

type Found = Omit<SitePage, 'file' | 'markdown'>

const root = document.documentElement.dataset.root ?? ''
const most = 10

const input = h('input', {
  type: 'search',
  placeholder: 'Search',
  role: 'combobox',
  'aria-label': 'Search all pages',
  'aria-expanded': 'false',
  'aria-controls': 'found',
  'aria-autocomplete': 'list',
  autocomplete: 'off',
})
const list = h('ul', { id: 'found', role: 'listbox', 'aria-label': 'Pages', hidden: true })
document.querySelector('.search')?.append(input, list)

let current = -1

function show(): void {
  const pages = found(input.value)
  current = -1
  const isOpen = input.value.trim() !== '' && document.activeElement === input
  list.hidden = !isOpen
  input.setAttribute('aria-expanded', String(isOpen))
  input.removeAttribute('aria-activedescendant')
  const items = pages.map(({ address, title, summary }, i) =>
    h(
      'li',
      { id: `found-${i}`, role: 'option', 'aria-selected': 'false' },
      h('a', { href: `${root}${address}`, tabindex: -1 }, h('strong', {}, title), h('span', {}, summary)),
    ),
  )
  fill(list, items.length > 0 ? items : h('li', { class: 'dim' }, 'No page has these words.'))
}

/** Pages that have all words, those first that have them in their titles. */
function found(text: string): readonly Found[] {
  const words = text.toLowerCase().split(/\s+/)
  const has = (where: string): boolean => words.every(word => where.toLowerCase().includes(word))
  const inTitle = PAGES.filter(({ title }) => has(title))
  const elsewhere = PAGES.filter(
    page => !inTitle.includes(page) && has(`${page.title} ${page.section} ${page.summary} ${page.words}`),
  )
  return [...inTitle, ...elsewhere].slice(0, most)
}

function go(step: number): void {
  const items = [...list.querySelectorAll('[role=option]')]
  current = Math.max(-1, Math.min(items.length - 1, current + step))
  for (const [i, item] of items.entries()) item.setAttribute('aria-selected', String(i === current))
  items[current]?.scrollIntoView({ block: 'nearest' })
  if (current < 0) input.removeAttribute('aria-activedescendant')
  else input.setAttribute('aria-activedescendant', `found-${current}`)
}

input.addEventListener('input', show)
input.addEventListener('focus', show)
// A click on what was found comes before the list goes.
input.addEventListener('blur', () => setTimeout(show, 150))
input.addEventListener('keydown', event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) go(step)
  else if (event.key === 'Enter') list.querySelectorAll('a')[Math.max(0, current)]?.click()
  else if (event.key === 'Escape') input.value = ''
  else return
  if (event.key === 'Escape') show()
  event.preventDefault()
})
document.addEventListener('keydown', event => {
  const isText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
  if (event.key !== '/' || isText || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  input.focus()
})
