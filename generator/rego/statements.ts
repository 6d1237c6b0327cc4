import { ts } from 'ts-morph'
import type { Body, Term } from './ast'
import { condition, isRepeating, single } from './conditions'
import { bind, type Context, refuse, textOf, within } from './context'
import { unsupported, value } from './visitors'
import { destructured } from './visitors/patterns'

/** What to do with each `return` of a function, given what holds where it stands. */
export type Leave = (result: ts.Expression, body: Body, cx: Context) => void

/** Follows every way through the statements of a function, in the order in which they are tried. */
export function follow(statements: readonly ts.Statement[], before: Body, cx: Context, leave: Leave): void {
  let body = before
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) body = [...body, ...constants(statement, cx)]
    else if (ts.isIfStatement(statement)) branch(statement, body, cx, leave)
    else if (ts.isReturnStatement(statement) && statement.expression) {
      leave(statement.expression, body, cx)
      return
    } else unsupportedStatement(statement, cx)
  }
}

/** A condition with several ways to hold guards a plain `return` once for each of them. */
function branch(statement: ts.IfStatement, body: Body, cx: Context, leave: Leave): void {
  if (statement.elseStatement) refuse('else-branch', statement.elseStatement, {}, cx)
  const inside = ts.isBlock(statement.thenStatement) ? statement.thenStatement.statements : [statement.thenStatement]
  const alternatives = condition(statement.expression, true, within(cx, `${cx.hint}_if`))
  const isPlain = inside.length === 1 && isPlainReturn(inside[0])
  const bodies =
    isPlain && alternatives.length <= 3 && !alternatives.some(each => each.some(isRepeating))
      ? alternatives
      : [single(alternatives, within(cx, `${cx.hint}_if`))]
  for (const holds of bodies) follow(inside, [...body, ...holds], cx, leave)
}

function isPlainReturn(statement: ts.Statement | undefined): boolean {
  const result = statement && ts.isReturnStatement(statement) ? statement.expression : undefined
  return (
    result !== undefined && (ts.isLiteralExpression(result) || ts.isIdentifier(result) || result.getText().length < 12)
  )
}

/** `const x = e` and `const { a, b } = e` */
export function constants(statement: ts.VariableStatement, cx: Context): Body {
  if (!(statement.declarationList.flags & ts.NodeFlags.Const))
    refuse('mutation', statement, { text: textOf(statement) }, cx)
  return statement.declarationList.declarations.flatMap((declaration): Body => {
    if (!declaration.initializer) return []
    const { name } = declaration
    if (!ts.isIdentifier(name)) return destructured(name, value(declaration.initializer, within(cx)), cx)
    const term: Term = value(declaration.initializer, within(cx, name.text))
    return [{ kind: 'assign', name: bind(name, cx), term }]
  })
}

export function unsupportedStatement(statement: ts.Statement, cx: Context): void {
  if (ts.isExpressionStatement(statement)) {
    const isChange = ts.isBinaryExpression(statement.expression) || ts.isPostfixUnaryExpression(statement.expression)
    if (isChange) refuse('mutation', statement.expression, { text: textOf(statement.expression) }, cx)
    else if (ts.isCallExpression(statement.expression))
      refuse('mutation', statement.expression, { text: textOf(statement.expression) }, cx)
    else unsupported(statement.expression, cx)
  } else unsupported(statement, cx)
}
