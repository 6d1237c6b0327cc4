import { ts } from 'ts-morph'
import { docComment } from '../read'
import { type Body, type Rule, rule } from './ast'
import {
  bind,
  type Context,
  type Global,
  type ModuleContext,
  refuse,
  report,
  symbolOf,
  textOf,
  within,
} from './context'
import { functionRules } from './functions'
import { indexRules } from './generators'
import { isIntrinsic } from './intrinsics'
import { ruleRules } from './rule'
import { unsupported, value } from './visitors'
import { destructured } from './visitors/patterns'

/** The rules of one statement of a module's top level; what is types alone, or an example, has none. */
export function declarationRules(statement: ts.Statement, module: ModuleContext): readonly Rule[] {
  const cx: Context = { module, locals: new Set(), hint: 'it' }
  if (isErased(statement)) return []
  if (ts.isImportDeclaration(statement)) return imported(statement, module)
  if (ts.isFunctionDeclaration(statement)) return functionDeclaration(statement, cx)
  if (ts.isVariableStatement(statement)) return constant(statement, cx)
  if (ts.isExportAssignment(statement)) return ruleRules(statement, cx)
  unsupported(statement, cx)
  return []
}

/** Whether a statement leaves nothing to compile. */
export function isErased(statement: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly || statement.moduleSpecifier !== undefined
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(({ name }) => ts.isIdentifier(name) && name.text === 'examples')
  )
}

function imported(statement: ts.ImportDeclaration, module: ModuleContext): readonly Rule[] {
  const name = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : ''
  const bindings = statement.importClause?.namedBindings
  const isPlain =
    /^(\.\.?\/(.*\/)?(lang\/[a-z-]+|lang|intrinsics|[a-z-]+)|keyreach\/policies\/(lang\/[a-z-]+|intrinsics))$/.test(
      name,
    ) &&
    !statement.importClause?.name &&
    (bindings === undefined || ts.isNamedImports(bindings))
  if (!isPlain) report(module, 'impure-import', statement.moduleSpecifier, { module: name })
  return []
}

function functionDeclaration(node: ts.FunctionDeclaration, cx: Context): readonly Rule[] {
  const named = node.name && globalOf(node.name, cx)
  if (!named || !node.body) return []
  if (node.asteriskToken || node.modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.AsyncKeyword)) {
    refuse(
      'unsupported-syntax',
      node.name ?? node,
      { syntax: 'a generator or async function here', help: 'use `index(function* …)`' },
      cx,
    )
    return []
  }
  const inner = within(cx, named.name)
  const { parameters, body } = bindParameters(node.parameters, inner)
  return functionRules(
    named.name,
    parameters.length === 0 ? null : parameters,
    node.body,
    node,
    inner,
    body,
    docComment(node),
  )
}

/** The names of parameters; those of patterns stand for the parts of one that TypeScript does not name. */
export function bindParameters(
  nodes: readonly ts.ParameterDeclaration[],
  cx: Context,
): { readonly parameters: readonly string[]; readonly body: Body } {
  let body: Body = []
  const parameters = nodes.map((node, i) => {
    if (node.initializer || node.questionToken || node.dotDotDotToken)
      refuse(
        'unsupported-syntax',
        node,
        { syntax: `the parameter \`${textOf(node)}\``, help: 'give every argument in every call' },
        cx,
      )
    if (ts.isIdentifier(node.name)) return bind(node.name, cx)
    const name = i === 0 ? 'it' : `it_${i + 1}`
    cx.locals.add(name)
    body = [...body, ...destructured(node.name, { kind: 'local', name }, cx)]
    return name
  })
  return { parameters, body }
}

function constant(statement: ts.VariableStatement, cx: Context): readonly Rule[] {
  if (!(statement.declarationList.flags & ts.NodeFlags.Const)) {
    refuse('mutation', statement, { text: textOf(statement) }, cx)
    return []
  }
  return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
    const named = ts.isIdentifier(name) ? globalOf(name, cx) : null
    if (!named || !initializer) return []
    const inner = within(cx, named.name)
    if (named.kind === 'const')
      return [rule(named.name, null, [{ value: value(initializer, inner), body: [] }], docComment(statement))]
    return computed(named, initializer, inner, docComment(statement))
  })
}

/** `fact(() => …)`, `remembered(argument => …)` and `index(function* () { … })` */
function computed(named: Global, initializer: ts.Expression, cx: Context, lines: readonly string[]): readonly Rule[] {
  const [compute] = ts.isCallExpression(initializer) ? initializer.arguments : []
  if (named.kind === 'fact' && compute && ts.isArrowFunction(compute))
    return functionRules(named.name, null, compute.body, compute, cx, [], lines)
  if (named.kind === 'function' && compute && ts.isArrowFunction(compute)) {
    const { parameters, body } = bindParameters(compute.parameters, cx)
    return functionRules(named.name, parameters, compute.body, compute, cx, body, lines)
  }
  if (named.kind === 'index' && compute && ts.isFunctionExpression(compute))
    return indexRules(named.name, compute.body, cx, lines)
  const help = {
    const: 'write a constant',
    fact: 'write `fact(() => …)`',
    function: 'write `remembered(argument => …)`',
    index: 'write `index(function* () { … yield [key, value] … })`',
  }[named.kind]
  refuse('unsupported-syntax', initializer, { syntax: `\`${textOf(initializer)}\``, help }, cx)
  return []
}

/** `fact`, `remembered` and `index` make what they are called with a fact, a function and an index; other constants are constants. */
export function kindOf(
  initializer: ts.Expression | undefined,
  checker: ts.TypeChecker,
  isWord: (symbol: ts.Symbol) => boolean,
): Global['kind'] {
  if (!initializer || !ts.isCallExpression(initializer)) return 'const'
  const symbol = symbolOf(initializer.expression, checker)
  return (symbol && isWord(symbol) && WORDS[symbol.name]) || 'const'
}

const WORDS: { readonly [word: string]: Global['kind'] } = { fact: 'fact', index: 'index', remembered: 'function' }

export function isWord(program: Parameters<typeof isIntrinsic>[1]): (symbol: ts.Symbol) => boolean {
  return symbol => isIntrinsic(symbol, program)
}

function globalOf(name: ts.Identifier, cx: Context): Global | null {
  const symbol = cx.module.program.checker.getSymbolAtLocation(name)
  return (symbol && cx.module.program.globals.get(symbol)) ?? null
}
