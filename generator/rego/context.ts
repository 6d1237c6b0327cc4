import { ts } from 'ts-morph'
import { type Code, type Diagnostic, diagnostic, type Values } from '../diagnostics'
import type { RuleModel } from '../read'
import { call, global, local, type Rule, scalar, type Term } from './ast'
import { localName, numbered, packageName, snakeCase } from './names'

/** A name of a module's top level. */
export interface Global {
  readonly kind: 'const' | 'fact' | 'index' | 'function'
  readonly name: string
  /** Path of the file that declares it. */
  readonly file: string
}

/** What all modules of one compilation share. */
export interface Program {
  readonly checker: ts.TypeChecker
  readonly globals: ReadonlyMap<ts.Symbol, Global>
  readonly diagnostics: Diagnostic[]
  readonly pathOf: (file: ts.SourceFile) => string
  readonly rules: readonly RuleModel[]
}

/** What the declarations of one module share; grows while they are compiled. */
export interface ModuleContext {
  readonly program: Program
  readonly path: string
  /** Package → the name by which it is called. */
  readonly imports: ReadonlyMap<string, string>
  /** The names of its rules, helpers included. */
  readonly taken: Set<string>
  /** What each local symbol stands for in Rego. */
  readonly terms: Map<ts.Symbol, Term>
  /** Helper rules of the declaration being compiled. */
  readonly helpers: (readonly Rule[])[]
}

/** Where an expression stands: its module, the names in use around it, and what a helper made for it would be called after. */
export interface Context {
  readonly module: ModuleContext
  readonly locals: Set<string>
  readonly hint: string
}

/** A scope inside another one. */
export function within(cx: Context, hint: string = cx.hint): Context {
  return { module: cx.module, locals: new Set(cx.locals), hint: snakeCase(hint) }
}

export function typeOf(node: ts.Node, cx: Context): ts.Type {
  return cx.module.program.checker.getTypeAtLocation(node)
}

/** Reports a refusal; the term stands in for what cannot be compiled. */
export function refuse<C extends Code>(code: C, node: ts.Node, values: Values<C>, cx: Context): Term {
  report(cx.module, code, node, values)
  return scalar(null)
}

export function report<C extends Code>(module: ModuleContext, code: C, node: ts.Node, values: Values<C>): void {
  module.program.diagnostics.push(diagnostic(code, module.path, node, values))
}

/** The text of a node on one line, for a message. */
export function textOf(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** Gives a local symbol a name that hides nothing. */
export function bind(name: ts.Identifier, cx: Context): string {
  const chosen = fresh(name.text, cx)
  bindTo(name, local(chosen), cx)
  return chosen
}

/** Lets a local symbol stand for a term. */
export function bindTo(name: ts.Identifier, term: Term, cx: Context): void {
  const symbol = cx.module.program.checker.getSymbolAtLocation(name)
  if (symbol) cx.module.terms.set(symbol, term)
}

/** A name for a local that no one in TypeScript has named. */
export function fresh(name: string, cx: Context): string {
  const aliases = new Set(cx.module.imports.values())
  const chosen = localName(
    name,
    candidate => cx.locals.has(candidate) || cx.module.taken.has(candidate) || aliases.has(candidate),
  )
  cx.locals.add(chosen)
  return chosen
}

/** The symbol of a name, that of its declaration where the name is imported. */
export function symbolOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | null {
  const symbol =
    ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node)
  if (!symbol) return null
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** The name by which this module calls a rule of its own or of another module. */
export function qualified(file: string, name: string, module: ModuleContext): string {
  if (file === module.path) return name
  const owner = packageName(file)
  return `${module.imports.get(owner) ?? `data.${owner}`}.${name}`
}

/** Moves what stands in the way of an inline term into a rule of its own; `define` gets its name and parameters. */
export function hoist(
  free: ReadonlySet<string>,
  hint: string,
  cx: Context,
  define: (name: string, parameters: readonly string[] | null) => readonly Rule[],
): Term {
  const name = numbered(`_${hint.replace(/^_+/, '')}`, candidate => cx.module.taken.has(candidate))
  cx.module.taken.add(name)
  const parameters = [...free]
  cx.module.helpers.push(define(name, parameters.length === 0 ? null : parameters))
  return parameters.length === 0 ? global(name) : call(name, ...parameters.map(local))
}
