import { type Project, ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostics'
import { pathFrom, type RuleModel, readRules, ruleId } from '../read'
import type { Import, Metadata, Module, Rule } from './ast'
import { type Global, type ModuleContext, type Program, symbolOf } from './context'
import { declarationRules, isErased, isWord, kindOf } from './declarations'
import { gathered, entries as gatheredEntries } from './gathered'
import { intrinsicsModule } from './intrinsics'
import { mentions, withoutUnused } from './mentions'
import { isReserved, numbered, packageName, ruleName } from './names'
import { print } from './print'
import { judge, waiver } from './rule'
import { tidy } from './tidy'
import { reached, recursions, type Uses, usesOf } from './uses'

export interface File {
  /** From the root of `dist/rego`: `policies/lang/plan.rego`. */
  readonly path: string
  readonly text: string
}

/**
 * All Rego of a project, and every refusal; `root` is the directory of its `policies`. Where there is a refusal, the files are not to be
 * used. What is not `wanted` is only referred to.
 */
export function compile(
  project: Project,
  root = '.',
  isWanted: (path: string) => boolean = () => true,
): {
  readonly files: readonly File[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const pathOf = (file: ts.SourceFile): string => pathFrom(root, file.fileName)
  const sources = project
    .getSourceFiles()
    .map(file => file.compilerNode)
    .filter(file => isPolicy(pathOf(file)))
  const globals = new Map<ts.Symbol, Global>()
  const program: Program = {
    checker: project.getTypeChecker().compilerObject,
    globals,
    diagnostics: [],
    pathOf,
    rules: readRules(project, root),
  }
  for (const source of sources) for (const [symbol, global] of globalsOf(source, program)) globals.set(symbol, global)
  const wanted = sources.filter(source => isWanted(pathOf(source)))
  const uses = usesOf(wanted, program)
  const needed = neededBy(wanted, uses, program)
  const modules = wanted.map(source => moduleOf(source, needed, program)).filter(module => module.rules.length > 0)
  const files = [
    ...modules.map(module => ({ path: module.path, text: print(module) })),
    { path: 'policies/intrinsics.rego', text: intrinsicsModule },
    ...gathered(modules),
  ]
  const diagnostics = [...program.diagnostics, ...recursions(uses, program)]
  return { files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics: [...diagnostics].sort(byPlace) }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1
}

function isPolicy(path: string): boolean {
  return path.startsWith('policies/') && path !== 'policies/intrinsics.ts'
}

/** The names of a file's top level, each with the name of its rule. */
function globalsOf(source: ts.SourceFile, program: Program): readonly (readonly [ts.Symbol, Global])[] {
  const file = program.pathOf(source)
  const names: string[] = []
  return source.statements
    .flatMap(statement => (isErased(statement) ? [] : declared(statement)))
    .flatMap(({ name, kind, isExported }): readonly (readonly [ts.Symbol, Global])[] => {
      const symbol = program.checker.getSymbolAtLocation(name)
      const chosen = numbered(ruleName(name.text, isExported), candidate => names.includes(candidate))
      names.push(chosen)
      return symbol ? [[symbol, { kind, name: chosen, file }]] : []
    })

  function declared(
    statement: ts.Statement,
  ): readonly { readonly name: ts.Identifier; readonly kind: Global['kind']; readonly isExported: boolean }[] {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement)?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false)
    if (ts.isFunctionDeclaration(statement) && statement.name)
      return [{ name: statement.name, kind: 'function', isExported }]
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) ? [{ name, kind: kindOf(initializer, program.checker, isWord(program)), isExported }] : [],
    )
  }
}

/** What is called by Rego that no file of `policies` stands for. */
const entries = [{ file: judge, name: 'judge' }, ...gatheredEntries]

/** What the rules lead to, and what else is called; all there is where there is no rule. */
function neededBy(
  sources: readonly ts.SourceFile[],
  uses: Uses,
  program: Program,
): ReadonlySet<ts.Symbol | ts.SourceFile> {
  const rules = sources.filter(source => uses.has(source))
  if (rules.length === 0) return new Set(program.globals.keys())
  const gatheredFrom = [...program.globals]
    .filter(([, { file, name }]) => entries.some(entry => entry.file === file && entry.name === name))
    .map(([symbol]) => symbol)
  return reached([...rules, ...gatheredFrom], uses)
}

function moduleOf(source: ts.SourceFile, needed: ReadonlySet<ts.Symbol | ts.SourceFile>, program: Program): Module {
  const path = program.pathOf(source)
  const taken = new Set([...program.globals.values()].filter(global => global.file === path).map(global => global.name))
  const context: ModuleContext = {
    program,
    path,
    imports: importsOf(importedFiles(source, program), taken),
    taken,
    terms: new Map(),
    helpers: [],
  }
  const rules: Rule[] = []
  for (const statement of source.statements) {
    const isNeeded = declaredBy(statement, program).some(symbol => needed.has(symbol))
    if (isExample(source) && !isNeeded && !ts.isImportDeclaration(statement) && !ts.isExportAssignment(statement))
      continue
    const own = declarationRules(statement, context)
    const helpers = context.helpers.splice(0).reverse().flat()
    if (isNeeded || ts.isExportAssignment(statement)) rules.push(...own, ...helpers)
  }
  const written = withoutUnused(rules.map(tidy))
  return {
    path: `${packageName(path).replaceAll('.', '/')}.rego`,
    source: path,
    metadata: metadataOf(program.rules, path),
    package: packageName(path),
    imports: usedImports(written, context.imports),
    rules: written,
  }
}

/** The names that a statement declares. */
function declaredBy(statement: ts.Statement, program: Program): readonly ts.Symbol[] {
  const names = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name)
    : ts.isFunctionDeclaration(statement) && statement.name
      ? [statement.name]
      : []
  return names.flatMap(name => program.checker.getSymbolAtLocation(name) ?? [])
}

/** Whether a file may have what examples alone need, which is not in the language: a rule, and the file that says what a rule is. */
function isExample(source: ts.SourceFile): boolean {
  return source.statements.some(ts.isExportAssignment) || source.fileName.endsWith('/policies/lang/rule.ts')
}

/** The imports of the packages that the rules mention. */
function usedImports(rules: readonly Rule[], imports: ReadonlyMap<string, string>): readonly Import[] {
  const used = new Set([...mentions(rules)].map(name => name.split('.')[0] ?? name))
  return [...imports]
    .filter(([, alias]) => used.has(alias))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, alias]) => ({ package: name, alias: alias === name.split('.').at(-1) ? null : alias }))
}

/** Every package that a file may call, by its last part, or the last two where that means something already. */
function importsOf(files: readonly string[], taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const packages = new Set(['policies.intrinsics', ...files.map(packageName)])
  const imports = new Map<string, string>()
  for (const name of packages) {
    const parts = name.split('.')
    const last = parts.at(-1) ?? name
    const isFree = !isReserved(last) && !taken.has(last) && ![...imports.values()].includes(last)
    imports.set(name, isFree ? last : parts.slice(-2).join('_'))
  }
  return imports
}

/** The files whose names a file imports; of a rule, also those that every rule needs. */
function importedFiles(source: ts.SourceFile, program: Program): readonly string[] {
  const isRule = source.statements.some(ts.isExportAssignment)
  const names = source.statements.flatMap(statement => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name) : []
  })
  const files = names.flatMap(name => {
    const symbol = symbolOf(name, program.checker)
    const target = symbol && program.globals.get(symbol)
    return target ? [target.file] : []
  })
  return [...(isRule ? [judge, waiver, 'policies/conftest.ts'] : []), ...files]
}

/** Of a rule, its page; of any other module, its path. */
function metadataOf(rules: readonly RuleModel[], path: string): Metadata {
  const rule = rules.find(({ file }) => file === path)
  if (!rule) return { title: ruleId(path), description: '', references: [], custom: {} }
  const { id, summary, description, references, severity } = rule
  return { title: summary, description, references, custom: { id, severity } }
}
