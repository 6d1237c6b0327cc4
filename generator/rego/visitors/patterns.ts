import { ts } from 'ts-morph'
import { type Body, local, ref, scalar, type Term } from '../ast'
import { bindTo, type Context, fresh, refuse, textOf, typeOf } from '../context'
import { mayBeUndefined } from '../types'

/** Lets the names of a pattern stand for the parts of a term, giving the term a name first where it has to be computed. */
export function destructured(pattern: ts.BindingPattern, term: Term, cx: Context): Body {
  const isNamed = term.kind === 'local' || term.kind === 'ref' || term.kind === 'global'
  const name = isNamed ? null : fresh('it', cx)
  const whole = name === null ? term : local(name)
  pattern.elements.forEach((element, i) => {
    if (!ts.isBindingElement(element)) return
    if (element.dotDotDotToken || element.initializer || !ts.isIdentifier(element.name)) {
      refuse(
        'unsupported-syntax',
        element,
        { syntax: `\`${textOf(element)}\` in a pattern`, help: 'take plain names: `const { a, b } = c`' },
        cx,
      )
      return
    }
    if (mayBeUndefined(typeOf(element.name, cx))) refuse('undefined-value', element, { text: textOf(element) }, cx)
    const step = ts.isArrayBindingPattern(pattern) ? scalar(i) : propertyOf(element, element.name)
    bindTo(element.name, ref(whole, step), cx)
  })
  return name === null ? [] : [{ kind: 'assign', name, term }]
}

function propertyOf(element: ts.BindingElement, name: ts.Identifier): string {
  return element.propertyName && (ts.isIdentifier(element.propertyName) || ts.isStringLiteral(element.propertyName))
    ? element.propertyName.text
    : name.text
}
