import { explain } from '../../engine/explain'
import { type Child, fill, h, prose } from './dom'

const most = 5
const error = document.querySelector<HTMLTextAreaElement>('#error')
const explanations = document.querySelector('#explanations')

/** The rules behind an error that is pasted, as `keyreach explain` finds them. */
function explained(text: string): Child {
  if (text.trim() === '') return null
  const matches = explain(text)
  if (matches.length === 0) return h('p', { class: 'dim' }, 'No rule knows this error; paste all that was printed.')
  return h(
    'ol',
    {},
    matches
      .slice(0, most)
      .map(({ rule, symptom }) =>
        h(
          'li',
          {},
          h('a', { href: `rules/${rule.id}.html#fix` }, rule.id),
          h('p', {}, prose(rule.summary)),
          h('p', { class: 'symptom' }, symptom),
        ),
      ),
  )
}

error?.addEventListener('input', () => {
  if (explanations) fill(explanations, explained(error.value))
})
