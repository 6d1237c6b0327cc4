import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type FunctionDeclaration, Node, Project, type SourceFile, type TypeAliasDeclaration } from 'ts-morph'
import { commentOf, declarationIn, oneLine, type TypeModel, typeOf } from './declarations'

/** What `engine/api.ts` exports, which is all that programs import of keyreach. */
export interface ApiModel {
  /** The comment at its top. */
  readonly description: string
  readonly functions: readonly FunctionModel[]
  readonly types: readonly (TypeModel | AliasModel)[]
}

export interface FunctionModel {
  readonly name: string
  /** `load(files: string[], config: Config | null = null): Promise<Loaded>` */
  readonly signature: string
  readonly description: string
}

/** A type that is no class and no interface. */
export interface AliasModel {
  readonly name: string
  readonly description: string
  /** What it stands for, as it is written. */
  readonly text: string
}

/** Reads the library as its declarations have them: those of `engine/api.ts`, and of the files from which it exports. */
export function readApi(file = 'engine/api.ts'): ApiModel {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true })
  const index = project.addSourceFileAtPath(file)
  const types = index.getExportDeclarations().flatMap(declaration => {
    const source = project.addSourceFileAtPath(pathOf(dirname(file), declaration.getModuleSpecifierValue() ?? ''))
    return declaration.getNamedExports().map(one => exportedType(source, one.getName()))
  })
  return {
    description: headOf(index),
    functions: index
      .getFunctions()
      .filter(one => one.isExported())
      .map(functionOf),
    types: types.sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function pathOf(folder: string, specifier: string): string {
  const path = join(folder, specifier)
  return existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts')
}

function exportedType(source: SourceFile, name: string): TypeModel | AliasModel {
  const declaration = declarationIn(source, name)
  return declaration ? typeOf(declaration, () => undefined) : aliasOf(source.getTypeAliasOrThrow(name))
}

function aliasOf(alias: TypeAliasDeclaration): AliasModel {
  const [name, node] = [alias.getName(), alias.getTypeNodeOrThrow()]
  // `(typeof names)[number]` tells nobody the names.
  const text = Node.isIndexedAccessTypeNode(node)
    ? alias.getType().getText().replaceAll('"', "'")
    : node.getFullText().trimStart()
  return { name, description: commentOf(alias), text: `type ${name} = ${text}` }
}

function functionOf(declaration: FunctionDeclaration): FunctionModel {
  const name = declaration.getName() ?? ''
  const parameters = declaration.getParameters().map(parameter => oneLine(parameter.getText()))
  const result = oneLine(declaration.getReturnTypeNode()?.getText() ?? 'void')
  return { name, signature: `${name}(${parameters.join(', ')}): ${result}`, description: commentOf(declaration) }
}

/** The comment at the top of a file. */
function headOf(file: SourceFile): string {
  const [head] = file.getFullText().split('*/', 1)
  const lines = head?.split('\n').map(line => line.replace(/^ ?\/?\*+ ?/, '').trim()) ?? []
  return lines.join(' ').trim()
}
