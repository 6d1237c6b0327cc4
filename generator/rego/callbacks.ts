import { ts } from 'ts-morph'
import { type Body, call, scalar, type Term } from './ast'
import { bind, bindTo, type Context, hoist, refuse, symbolOf, textOf, within } from './context'
import { freeInRules } from './free'
import { functionRules } from './functions'
import { isIntrinsic, termIntrinsic } from './intrinsics'
import { constants } from './statements'
import { globalTerm } from './visitors/identifier'
import { destructured } from './visitors/patterns'

/** What a callback makes of its arguments: what must be bound first, and an expression still to be compiled or a term. */
export type Applied =
  | { readonly body: Body; readonly node: ts.Expression }
  | { readonly body: Body; readonly node: null; readonly term: Term }

/** The name that a callback gives to its argument; null where it has none or a pattern. */
export function parameterName(callback: ts.Expression, position: number): string | null {
  if (!ts.isArrowFunction(callback)) return null
  const parameter = callback.parameters[position]
  return parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : null
}

/** Applies an inline callback, or a function by its name, to terms. */
export function applied(callback: ts.Expression, args: readonly Term[], cx: Context): Applied {
  if (ts.isArrowFunction(callback)) return inline(callback, args, cx)
  return { body: [], node: null, term: named(callback, args[0] ?? scalar(null), cx) }
}

function named(callback: ts.Expression, argument: Term, cx: Context): Term {
  const symbol = symbolOf(callback, cx.module.program.checker)
  if (symbol && isIntrinsic(symbol, cx.module.program)) return termIntrinsic(symbol.name, [argument], callback, cx)
  const target = symbol && cx.module.program.globals.get(symbol)
  const declaration = symbol?.valueDeclaration
  if (
    target?.kind === 'function' &&
    declaration &&
    ts.isFunctionDeclaration(declaration) &&
    declaration.parameters.length === 1
  ) {
    const term = globalTerm(target, cx)
    return term.kind === 'global' ? call(term.name, argument) : term
  }
  return refuse(
    'unsupported-call',
    callback,
    { text: textOf(callback), help: 'pass an arrow function, or the name of a function of one parameter' },
    cx,
  )
}

function inline(callback: ts.ArrowFunction, args: readonly Term[], cx: Context): Applied {
  const bound = callback.parameters.flatMap((parameter, i) => bindParameter(parameter, args[i], cx))
  if (!ts.isBlock(callback.body)) return { body: bound, node: callback.body }
  const statements = callback.body.statements
  const last = statements.at(-1)
  const leading = statements.slice(0, -1)
  if (last && ts.isReturnStatement(last) && last.expression && leading.every(ts.isVariableStatement))
    return { body: [...bound, ...leading.flatMap(statement => constants(statement, cx))], node: last.expression }
  return { body: bound, node: null, term: helper(callback, callback.body, cx) }
}

/** A callback with several returns becomes a function of its own. */
function helper(callback: ts.ArrowFunction, block: ts.Block, cx: Context): Term {
  const inner = within(cx)
  const rules = functionRules('', [], block, callback, inner)
  return hoist(freeInRules(rules), cx.hint, cx, (name, parameters) =>
    rules.map(rule => ({
      ...rule,
      name,
      parameters: rule.isDefault ? (parameters?.map(() => '_') ?? null) : parameters,
    })),
  )
}

function bindParameter(parameter: ts.ParameterDeclaration, argument: Term | undefined, cx: Context): Body {
  if (argument === undefined) {
    refuse(
      'unsupported-syntax',
      parameter,
      { syntax: `the parameter \`${textOf(parameter)}\``, help: 'a callback is given the element and its position' },
      cx,
    )
    return []
  }
  if (!ts.isIdentifier(parameter.name)) return destructured(parameter.name, argument, cx)
  if (argument.kind === 'local' || argument.kind === 'ref' || argument.kind === 'scalar')
    bindTo(parameter.name, argument, cx)
  else return [{ kind: 'assign', name: bind(parameter.name, cx), term: argument }]
  return []
}
