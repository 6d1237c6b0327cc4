import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ts } from 'ts-morph'

/** Who may import what: parts of the repository by folder or file, packages by name. Types may come from `types` as well. */
const table: { readonly [part: string]: { readonly imports: readonly string[]; readonly types?: readonly string[] } } =
  {
    'policies/intrinsics.ts': { imports: [] },
    'policies/lang': { imports: ['policies/intrinsics', 'policies/lang'] },
    policies: { imports: ['policies/intrinsics', 'policies/lang'] },
    generator: {
      imports: ['generator', 'scripts/tools', 'ts-morph', 'esbuild', 'yaml', 'node:'],
      types: ['engine', 'modules', 'policies'],
    },
    engine: {
      imports: [
        'engine',
        'policies',
        'yaml',
        'zod',
        '@open-policy-agent/opa-wasm',
        '@cdktf/hcl2json',
        'junit-report-builder',
        'node:',
      ],
      types: ['sarif'],
    },
    modules: {
      imports: ['modules', 'policies', 'engine', '@cdktf/provider-aws', 'cdktf', 'cdktn', 'constructs', 'node:'],
    },
    page: { imports: ['page', 'engine', 'policies', '@open-policy-agent/opa-wasm', 'esbuild', 'marked', 'node:'] },
    cli: {
      imports: ['cli', 'engine', 'generator', 'page', 'commander', 'picocolors', 'node:'],
      types: ['policies/lang'],
    },
    scripts: { imports: ['scripts', 'esbuild', 'node:'] },
  }

const files = Object.keys(table)
  .filter(part => !part.includes('/') && existsSync(part))
  .flatMap(part => readdirSync(part, { recursive: true, encoding: 'utf8' }).map(file => join(part, file)))
  .filter(file => file.endsWith('.ts'))

test.each(Object.keys(table))('%s imports only what it may', part => {
  const { imports, types = [] } = table[part] ?? { imports: [] }
  const foreign = files
    .filter(file => partOf(file) === part)
    .flatMap(file => importsOf(file))
    .filter(({ target, typeOnly }) => !isUnder(target, typeOnly ? [...imports, ...types] : imports))
  expect(foreign).toEqual([])
})

test('every part is there', () => {
  expect(files.length).toBeGreaterThan(30)
})

function partOf(file: string): string {
  return Object.keys(table).find(part => file === part || file.startsWith(`${part}/`)) ?? ''
}

function isUnder(target: string, allowed: readonly string[]): boolean {
  return allowed.some(part => target === part || target.startsWith(part.endsWith(':') ? part : `${part}/`))
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return
    const { text } = specifier
    found.push({ file, target: text.startsWith('.') ? join(dirname(file), text) : text, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
