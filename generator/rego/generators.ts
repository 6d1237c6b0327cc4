import { ts } from 'ts-morph'
import type { Body, Rule, Term } from './ast'
import { conjunction } from './conditions'
import { type Context, refuse, textOf, within } from './context'
import { freeInTerm, pruned } from './free'
import { constants, unsupportedStatement } from './statements'
import { value } from './visitors'
import { bare } from './visitors/access'
import { loop } from './visitors/loops'

type Yield = (node: ts.Expression, body: Body, cx: Context) => void

/** Follows a generator: every `yield`, with the loops and conditions around it. */
function follow(statements: readonly ts.Statement[], before: Body, cx: Context, found: Yield): void {
  let body = before
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) body = [...body, ...constants(statement, cx)]
    else if (ts.isForOfStatement(statement)) {
      const inner = within(cx)
      const entered = loop(statement, inner)
      follow(blockOf(statement.statement), [...body, ...entered], inner, found)
    } else if (ts.isIfStatement(statement)) {
      const test = within(cx, `${cx.hint}_if`)
      if (statement.elseStatement) refuse('else-branch', statement.elseStatement, {}, cx)
      if (isContinue(statement.thenStatement)) body = [...body, ...conjunction(statement.expression, false, test)]
      else
        follow(
          blockOf(statement.thenStatement),
          [...body, ...conjunction(statement.expression, true, test)],
          within(cx),
          found,
        )
    } else if (
      ts.isExpressionStatement(statement) &&
      ts.isYieldExpression(statement.expression) &&
      statement.expression.expression &&
      !statement.expression.asteriskToken
    )
      found(statement.expression.expression, body, cx)
    else unsupportedStatement(statement, cx)
  }
}

/** `name contains value if { … }`, one body for each `yield`. */
export function setRules(name: string, block: ts.Block, cx: Context, comment: readonly string[]): readonly Rule[] {
  const rules: Rule[] = []
  follow(block.statements, [], cx, (node, body, at) =>
    rules.push(contains(name, null, value(node, within(at)), body, rules.length === 0 ? comment : [])),
  )
  return rules
}

/** `name[key] contains value if { … }`, one body for each `yield [key, value]`. */
export function indexRules(name: string, block: ts.Block, cx: Context, comment: readonly string[]): readonly Rule[] {
  const rules: Rule[] = []
  follow(block.statements, [], cx, (node, body, at) => {
    const pair = bare(node)
    const [key, item] = ts.isArrayLiteralExpression(pair) ? pair.elements : []
    if (!key || !item)
      refuse(
        'unsupported-syntax',
        node,
        { syntax: `\`yield ${textOf(node)}\` in an index`, help: 'yield `[key, value]`' },
        at,
      )
    else
      rules.push(
        contains(
          name,
          value(key, within(at, 'key')),
          value(item, within(at, 'value')),
          body,
          rules.length === 0 ? comment : [],
        ),
      )
  })
  return rules
}

function contains(name: string, key: Term | null, item: Term, body: Body, comment: readonly string[]): Rule {
  const read = new Set([...freeInTerm(item), ...(key === null ? [] : freeInTerm(key))])
  return {
    name,
    parameters: null,
    contains: { key, value: item },
    branches: [{ value: null, body: pruned(body, read) }],
    isDefault: false,
    comment,
  }
}

function blockOf(statement: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(statement) ? statement.statements : [statement]
}

function isContinue(statement: ts.Statement): boolean {
  const [only] = blockOf(statement)
  return only !== undefined && ts.isContinueStatement(only) && blockOf(statement).length === 1
}
