import { resolve } from 'node:path'
import { Project, ts } from 'ts-morph'

/** What the emitters know of a rule: what its file says, not what it does. */
export interface RuleModel {
  /** `auto-scaling/…`: its path below `policies`. */
  readonly id: string
  /** Its path from the root of the repository. */
  readonly file: string
  /** The first line of the comment above it. */
  readonly summary: string
  /** The rest of that comment. */
  readonly description: string
  readonly severity: 'error' | 'warning'
  readonly aliases: readonly string[]
  readonly symptoms: readonly string[]
  readonly references: readonly string[]
  readonly situations: ts.Node | null
  readonly requirements: ts.Node | null
}

/** The sources below `folder` and what they import, with types; no file outside is opened but those of the language itself. */
export function readProject(folder: string): Project {
  const project = new Project({
    tsConfigFilePath: 'tsconfig.json',
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { types: [] },
  })
  project.addSourceFilesAtPaths(resolve(folder, '**/*.ts'))
  return project
}

/** Every file with `export default rule({ … })`, by id. */
export function readRules(project: Project): readonly RuleModel[] {
  const root = project.getFileSystem().getCurrentDirectory()
  const rules = project
    .getSourceFiles()
    .flatMap(file => ruleOf(file.compilerNode, file.getFilePath().replace(`${root}/`, '').replace(/^\//, '')))
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function ruleOf(source: ts.SourceFile, file: string): readonly RuleModel[] {
  const statement = source.statements.find(ts.isExportAssignment)
  const definition =
    statement && ts.isCallExpression(statement.expression) ? statement.expression.arguments[0] : undefined
  if (!statement || !definition || !ts.isObjectLiteralExpression(definition)) return []
  const parts = new Map(definition.properties.map(property => [property.name?.getText() ?? '', property]))
  const [summary = '', ...description] = docComment(statement)
  return [
    {
      id: ruleId(file),
      file,
      summary,
      description: description.join('\n').trim(),
      severity: texts(parts.get('severity'))[0] === 'warning' ? 'warning' : 'error',
      aliases: texts(parts.get('aliases')),
      symptoms: texts(parts.get('symptoms')),
      references: texts(parts.get('references')),
      situations: parts.get('situations') ?? null,
      requirements: parts.get('requirements') ?? null,
    },
  ]
}

/** `policies/kms/replica-in-every-region.ts` → `kms/replica-in-every-region` */
export function ruleId(file: string): string {
  return file.replace(/^policies\//, '').replace(/\.ts$/, '')
}

/** The lines of the comment above a declaration, without its stars. */
export function docComment(node: ts.Node): readonly string[] {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const text = doc ? (ts.getTextOfJSDocComment(doc.comment) ?? '') : ''
  return text === '' ? [] : text.split('\n')
}

/** The literal texts in a property: one, or those of a list. */
function texts(property: ts.ObjectLiteralElementLike | undefined): readonly string[] {
  const initializer = property && ts.isPropertyAssignment(property) ? property.initializer : undefined
  if (!initializer) return []
  if (ts.isStringLiteralLike(initializer)) return [initializer.text]
  return ts.isArrayLiteralExpression(initializer)
    ? initializer.elements.filter(ts.isStringLiteralLike).map(({ text }) => text)
    : []
}
