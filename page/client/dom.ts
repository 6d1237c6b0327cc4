import { clean } from '../../engine/report/clean'
import type { Tone } from '../data'
import type { Name } from '../names'

export type Child = Node | string | null | readonly Child[]

/** Attributes by name, listeners by `on` and the name of their event; false and null leave an attribute out. */
export type Props = { readonly [name: string]: string | number | boolean | null | ((event: never) => void) }

/** An element. Text goes in as text, never as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  dress(element, props)
  add(element, children)
  return element
}

/** An element of SVG. */
export function svg(tag: string, props: Props = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  dress(element, props)
  add(element, children)
  return element
}

/** Puts other children into an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren()
  add(element, children)
}

/** A text in which what people wrote stands in backticks. */
export function prose(text: string): readonly Child[] {
  return clean(text)
    .split('`')
    .map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part))
}

/** A name of which what tells it from others stands out. */
export function named({ before, own }: Name): HTMLElement {
  return h('span', { class: 'name' }, h('span', { class: 'before' }, clean(before)), h('span', {}, clean(own)))
}

export const marks: { readonly [tone in Tone]: string } = {
  error: '✕',
  warning: '▲',
  unknown: '?',
  waived: '–',
  pass: '✓',
}

/** The sign of a verdict; `label` is what it says to who does not see it. */
export function mark(tone: Tone, label: string = tone): HTMLElement {
  return h('span', { class: `mark ${tone}`, role: 'img', 'aria-label': label }, marks[tone])
}

function dress(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as (event: Event) => void)
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : String(value))
  }
}

function add(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null) continue
    if (typeof child === 'string' || child instanceof Node) element.append(child)
    else add(element, child)
  }
}
