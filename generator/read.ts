import { join, resolve } from 'node:path'
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

/**
 * The sources below `folder` and what they import, with types; no file outside is opened but those of the language itself.
 * `root` has the keyreach whose words they are, by relative paths or as `keyreach/policies/…`.
 */
export function readProject(folder: string, root = '.'): Project {
  const project = new Project({
    tsConfigFilePath: join(root, 'tsconfig.json'),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { types: [], paths: { 'keyreach/policies/*': [resolve(root, 'policies/*')] } },
  })
  project.addSourceFilesAtPaths(resolve(folder, '**/*.ts'))
  return project
}

/** Every file with `export default rule({ … })`, by id; `root` is the directory of the `policies` that they are in. */
export function readRules(project: Project, root = '.'): readonly RuleModel[] {
  const rules = project.getSourceFiles().flatMap(file => ruleOf(file.compilerNode, pathFrom(root, file.getFilePath())))
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The path of a source from `root`, whatever file system it is in. */
export function pathFrom(root: string, path: string): string {
  return path.replace(`${resolve(root)}/`, '').replace(/^\//, '')
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
