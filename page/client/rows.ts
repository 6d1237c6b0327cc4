import { h } from './dom'

/** A list of any length, of which only the rows in sight exist. All rows are of one height. */
export interface Rows {
  readonly element: HTMLElement
  /** Shows as many rows, from the top where `isNew`. */
  show(count: number, isNew: boolean): void
  /** Brings a row into sight. */
  reach(row: number): void
  /** Draws the rows in sight again. */
  draw(): void
  /** How many rows fit. */
  page(): number
}

/** So many rows beyond either edge are there before they are scrolled to. */
const spare = 6

/** Rows inside an element that scrolls, of which `top` pixels are taken by what sticks above them. */
export function rows(
  scroller: HTMLElement,
  heightNow: () => number,
  top: number,
  row: (i: number) => HTMLElement,
): Rows {
  const element = h('div', { class: 'rows', role: 'presentation' })
  let count = 0
  const draw = (): void => {
    const height = heightNow()
    element.style.height = `${count * height}px`
    const start = Math.max(0, Math.floor((scroller.scrollTop - top) / height) - spare)
    const end = Math.min(count, Math.ceil((scroller.scrollTop + scroller.clientHeight - top) / height) + spare)
    element.replaceChildren(
      ...Array.from({ length: Math.max(0, end - start) }, (_, i) => {
        const child = row(start + i)
        child.style.transform = `translateY(${(start + i) * height}px)`
        return child
      }),
    )
  }
  let isDue = false
  const later = (): void => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      draw()
    })
  }
  scroller.addEventListener('scroll', later, { passive: true })
  new ResizeObserver(later).observe(scroller)
  return {
    element,
    show(total, isNew) {
      count = total
      if (isNew) scroller.scrollTop = 0
      draw()
    },
    reach(i) {
      const height = heightNow()
      const [first, last] = [i * height, (i + 1) * height + top]
      if (first < scroller.scrollTop) scroller.scrollTop = first
      else if (last > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = last - scroller.clientHeight
      draw()
    },
    draw,
    page: () => Math.max(1, Math.floor((scroller.clientHeight - top) / heightNow()) - 1),
  }
}
