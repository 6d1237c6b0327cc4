import { ts } from 'ts-morph'
import { type Diagnostic, diagnostic } from '../diagnostics'
import { type Program, symbolOf } from './context'

interface Use {
  readonly node: ts.Identifier
  readonly target: ts.Symbol
}

/** What each declaration of the top level names, and what each rule does. */
export type Uses = ReadonlyMap<ts.Symbol | ts.SourceFile, readonly Use[]>

/** The names that every declaration uses; those of `export default rule({ … })` stand under its file. */
export function usesOf(sources: readonly ts.SourceFile[], program: Program): Uses {
  const uses = new Map<ts.Symbol | ts.SourceFile, readonly Use[]>()
  for (const source of sources) {
    for (const [symbol, node] of declarations(source, program)) uses.set(symbol, usesIn(node, program))
    const rule = source.statements.find(ts.isExportAssignment)
    if (rule) uses.set(source, usesIn(rule, program))
  }
  return uses
}

/** All that some declarations lead to, themselves included. */
export function reached(
  roots: readonly (ts.Symbol | ts.SourceFile)[],
  uses: Uses,
): ReadonlySet<ts.Symbol | ts.SourceFile> {
  const seen = new Set<ts.Symbol | ts.SourceFile>()
  const waiting = [...roots]
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    if (seen.has(here)) continue
    seen.add(here)
    waiting.push(...(uses.get(here) ?? []).map(({ target }) => target))
  }
  return seen
}

/** Every declaration that leads back to itself, each circle reported once, at the name that closes it. */
export function recursions(uses: Uses, program: Program): readonly Diagnostic[] {
  const done = new Set<ts.Symbol>()
  const found: Diagnostic[] = []
  for (const symbol of uses.keys()) if ('flags' in symbol && 'escapedName' in symbol) visit(symbol, [])
  return found

  function visit(symbol: ts.Symbol, path: readonly ts.Symbol[]): void {
    if (done.has(symbol)) return
    for (const { node, target } of uses.get(symbol) ?? []) {
      const circle = [...path, symbol]
      const start = circle.indexOf(target)
      if (start < 0) visit(target, circle)
      else found.push(refusal(node, [...circle.slice(start), target], program))
    }
    done.add(symbol)
  }
}

function refusal(node: ts.Identifier, circle: readonly ts.Symbol[], program: Program): Diagnostic {
  const path = circle.map(symbol => symbol.name).join(' → ')
  return diagnostic('recursion', program.pathOf(node.getSourceFile()), node, { name: node.text, path })
}

function declarations(source: ts.SourceFile, program: Program): readonly (readonly [ts.Symbol, ts.Node])[] {
  const names = source.statements.flatMap((statement): readonly (readonly [ts.Node, ts.Node])[] => {
    if (ts.isFunctionDeclaration(statement) && statement.name) return [[statement.name, statement]]
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(each => [each.name, each] as const)
    return []
  })
  return names.flatMap(([name, node]) => {
    const symbol = program.checker.getSymbolAtLocation(name)
    return symbol && program.globals.has(symbol) ? [[symbol, node] as const] : []
  })
}

/** `rule` of `export default rule({ … })` is for types alone. */
function isRuleWord(node: ts.Identifier): boolean {
  return (
    ts.isCallExpression(node.parent) && node.parent.expression === node && ts.isExportAssignment(node.parent.parent)
  )
}

function usesIn(node: ts.Node, program: Program): readonly Use[] {
  const found: Use[] = []
  const walk = (child: ts.Node): void => {
    if (ts.isTypeNode(child)) return
    if (ts.isIdentifier(child)) {
      const target = symbolOf(child, program.checker)
      if (isRuleWord(child)) return
      const isOwnName =
        child.parent === node &&
        (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) &&
        node.name === child
      if (target && !isOwnName && program.globals.has(target)) found.push({ node: child, target })
    }
    ts.forEachChild(child, walk)
  }
  ts.forEachChild(node, walk)
  return found
}
