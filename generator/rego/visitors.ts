import { ts } from 'ts-morph'
import type { Term } from './ast'
import { type Context, refuse, textOf } from './context'
import { elementAccess, propertyAccess } from './visitors/access'
import { arrayLiteral } from './visitors/arrays'
import { callExpression } from './visitors/calls'
import { conditional } from './visitors/conditional'
import { identifier } from './visitors/identifier'
import { falseLiteral, nullLiteral, number, text, trueLiteral } from './visitors/literals'
import { objectLiteral } from './visitors/objects'
import { asserted, binary, inner, negation } from './visitors/operators'
import { template } from './visitors/template'

/** How one kind of expression becomes a term of Rego. Whatever it cannot translate exactly, it refuses. */
export type Visitor<N extends ts.Node> = (node: N, cx: Context) => Term

interface Expressions {
  [ts.SyntaxKind.StringLiteral]: ts.StringLiteral
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: ts.NoSubstitutionTemplateLiteral
  [ts.SyntaxKind.NumericLiteral]: ts.NumericLiteral
  [ts.SyntaxKind.TrueKeyword]: ts.TrueLiteral
  [ts.SyntaxKind.FalseKeyword]: ts.FalseLiteral
  [ts.SyntaxKind.NullKeyword]: ts.NullLiteral
  [ts.SyntaxKind.Identifier]: ts.Identifier
  [ts.SyntaxKind.PropertyAccessExpression]: ts.PropertyAccessExpression
  [ts.SyntaxKind.ElementAccessExpression]: ts.ElementAccessExpression
  [ts.SyntaxKind.CallExpression]: ts.CallExpression
  [ts.SyntaxKind.BinaryExpression]: ts.BinaryExpression
  [ts.SyntaxKind.PrefixUnaryExpression]: ts.PrefixUnaryExpression
  [ts.SyntaxKind.ConditionalExpression]: ts.ConditionalExpression
  [ts.SyntaxKind.TemplateExpression]: ts.TemplateExpression
  [ts.SyntaxKind.ArrayLiteralExpression]: ts.ArrayLiteralExpression
  [ts.SyntaxKind.ObjectLiteralExpression]: ts.ObjectLiteralExpression
  [ts.SyntaxKind.ParenthesizedExpression]: ts.ParenthesizedExpression
  [ts.SyntaxKind.SatisfiesExpression]: ts.SatisfiesExpression
  [ts.SyntaxKind.AsExpression]: ts.AsExpression
}

/** The expressions of the language: what is not here is refused. */
export const expressions: { readonly [K in keyof Expressions]: Visitor<Expressions[K]> } = {
  [ts.SyntaxKind.StringLiteral]: text,
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: text,
  [ts.SyntaxKind.NumericLiteral]: number,
  [ts.SyntaxKind.TrueKeyword]: trueLiteral,
  [ts.SyntaxKind.FalseKeyword]: falseLiteral,
  [ts.SyntaxKind.NullKeyword]: nullLiteral,
  [ts.SyntaxKind.Identifier]: identifier,
  [ts.SyntaxKind.PropertyAccessExpression]: propertyAccess,
  [ts.SyntaxKind.ElementAccessExpression]: elementAccess,
  [ts.SyntaxKind.CallExpression]: callExpression,
  [ts.SyntaxKind.BinaryExpression]: binary,
  [ts.SyntaxKind.PrefixUnaryExpression]: negation,
  [ts.SyntaxKind.ConditionalExpression]: conditional,
  [ts.SyntaxKind.TemplateExpression]: template,
  [ts.SyntaxKind.ArrayLiteralExpression]: arrayLiteral,
  [ts.SyntaxKind.ObjectLiteralExpression]: objectLiteral,
  [ts.SyntaxKind.ParenthesizedExpression]: inner,
  [ts.SyntaxKind.SatisfiesExpression]: inner,
  [ts.SyntaxKind.AsExpression]: asserted,
}

/** The term of an expression. It is total: whatever the world, it has a value. */
export function value(node: ts.Expression, cx: Context): Term {
  const visitor = (expressions as { readonly [kind: number]: Visitor<never> | undefined })[node.kind]
  if (visitor) return visitor(node as never, cx)
  return unsupported(node, cx)
}

/** What to write instead of the syntax that people try first. */
const alternatives: { readonly [kind: number]: readonly [string, string] } = {
  [ts.SyntaxKind.ForStatement]: [
    'a counting loop',
    'iterate: `for (const x of xs)` in a generator, `map` or `filter` elsewhere',
  ],
  [ts.SyntaxKind.ForInStatement]: ['`for … in`', 'use `for (const key of keys(object))`'],
  [ts.SyntaxKind.ForOfStatement]: [
    '`for … of` outside a generator',
    'use `map`, `filter`, `flatMap`, `some` or `every`',
  ],
  [ts.SyntaxKind.WhileStatement]: ['`while`', 'iterate over a list; follow references with `reachable`'],
  [ts.SyntaxKind.DoStatement]: ['`do`', 'iterate over a list; follow references with `reachable`'],
  [ts.SyntaxKind.SwitchStatement]: ['`switch`', 'return early: `if (…) return a`'],
  [ts.SyntaxKind.TryStatement]: ['`try`', 'nothing in the language throws; use a default: `?? null`'],
  [ts.SyntaxKind.ThrowStatement]: ['`throw`', 'return null or an unknown'],
  [ts.SyntaxKind.ClassDeclaration]: ['a class', 'use functions over plain data'],
  [ts.SyntaxKind.NewExpression]: ['`new`', 'use plain data'],
  [ts.SyntaxKind.AwaitExpression]: ['`await`', 'everything is there already'],
  [ts.SyntaxKind.ArrowFunction]: [
    'a function as a value',
    'pass it to `map`, `filter`, `flatMap`, `some`, `every` or `find` where it is written',
  ],
  [ts.SyntaxKind.FunctionExpression]: ['a function as a value', 'declare it at the top level'],
  [ts.SyntaxKind.FunctionDeclaration]: ['a function inside a function', 'declare it at the top level'],
  [ts.SyntaxKind.NonNullExpression]: ['`!` after a value', 'give a default: `?? …`'],
  [ts.SyntaxKind.RegularExpressionLiteral]: [
    'a regular expression as a value',
    'test with it where it is written: `/…/u.test(text)`',
  ],
  [ts.SyntaxKind.SpreadElement]: ['a spread here', 'spread into an array literal'],
  [ts.SyntaxKind.TypeOfExpression]: ['`typeof` outside a comparison', "compare it: `typeof x === 'string'`"],
  [ts.SyntaxKind.EnumDeclaration]: ['an enum', 'use a union of strings'],
  [ts.SyntaxKind.DeleteExpression]: ['`delete`', 'build the object without the key'],
  [ts.SyntaxKind.YieldExpression]: ['`yield` here', 'yield as a statement of `index` or `situations`'],
}

/** Refuses a kind of syntax, saying what to write instead. */
export function unsupported(node: ts.Node, cx: Context): Term {
  if (isMutation(node)) return refuse('mutation', node, { text: textOf(node) }, cx)
  const [syntax, help] = alternatives[node.kind] ?? [`\`${textOf(node)}\``, 'docs/subset.md lists what compiles']
  return refuse('unsupported-syntax', node, { syntax, help }, cx)
}

function isMutation(node: ts.Node): boolean {
  return ts.isPostfixUnaryExpression(node) || ts.isDeleteExpression(node)
}
