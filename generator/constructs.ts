import { type ClassDeclaration, Node, Project } from 'ts-morph'
import { baseOf, declarationIn, type FieldModel, type Find, fieldsOf, type TypeModel, typeOf } from './declarations'

/** A construct or an aspect, with the properties that it is made of. */
export interface ConstructModel extends TypeModel {
  readonly kind: 'construct' | 'aspect'
  readonly properties: readonly FieldModel[]
}

/** All that `modules/index.ts` exports, by name. */
export interface Constructs {
  readonly constructs: readonly ConstructModel[]
  /** What the constructs are given, and what they give. */
  readonly types: readonly TypeModel[]
}

/** Reads the constructs as their declarations have them; nothing that they import is opened. */
export function readConstructs(): Constructs {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true })
  const sources = project.addSourceFilesAtPaths('modules/*.ts')
  const find: Find = name => sources.flatMap(source => declarationIn(source, name) ?? [])[0]
  const index = project.getSourceFileOrThrow('modules/index.ts')
  const exported = index
    .getExportDeclarations()
    .flatMap(declaration => declaration.getNamedExports().map(one => one.getName()))
  const declarations = exported.flatMap(name => find(name) ?? [])
  const classes = declarations.filter(Node.isClassDeclaration)
  const constructs = classes.flatMap(one => {
    const kind = isConstruct(one, find) ? 'construct' : isAspect(one) ? 'aspect' : null
    return kind ? ({ kind, props: propsOf(one), declaration: one } as const) : []
  })
  const shown = new Set<string | undefined>(
    constructs.flatMap(({ props, declaration }) => [props, declaration.getName()]),
  )
  return {
    constructs: constructs.map(({ kind, props, declaration }) => ({
      ...typeOf(declaration, find),
      kind,
      properties: fieldsOf(find(props), find),
    })),
    types: declarations.filter(one => !shown.has(one.getName())).map(one => typeOf(one, find)),
  }
}

function isConstruct(declaration: ClassDeclaration, find: Find): boolean {
  const base = baseOf(declaration)
  const found = base === undefined ? undefined : find(base)
  return base === 'Construct' || (Node.isClassDeclaration(found) && isConstruct(found, find))
}

function isAspect(declaration: ClassDeclaration): boolean {
  return declaration.getImplements().some(one => one.getExpression().getText() === 'IAspect')
}

/** The type of what a construct is made of: the last parameter of its constructor, after scope and id. */
function propsOf(construct: ClassDeclaration): string {
  const props = construct.getConstructors()[0]?.getParameters().at(-1)?.getTypeNode()
  if (!props) throw new Error(`${construct.getName()}: its constructor takes no properties`)
  return props.getText()
}
