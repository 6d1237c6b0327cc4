import { relative } from 'node:path'
import {
  type ClassDeclaration,
  type ClassInstancePropertyTypes,
  type InterfaceDeclaration,
  type JSDocableNode,
  type MethodDeclaration,
  type MethodSignature,
  Node,
  type PropertySignature,
  Scope,
  type SourceFile,
} from 'ts-morph'

/** What the emitters know of a class or interface: its public declarations and the comments above them. */
export interface TypeModel {
  readonly name: string
  /** Its path from the root of the repository. */
  readonly file: string
  /** The first paragraph of the comment above it. */
  readonly summary: string
  /** The rest of that comment. */
  readonly description: string
  readonly fields: readonly FieldModel[]
  readonly methods: readonly MethodModel[]
}

export interface FieldModel {
  readonly name: string
  readonly type: string
  readonly description: string
  readonly isOptional: boolean
  /** What holds where an optional property is left out, as `@default` has it. */
  readonly default: string
}

export interface MethodModel {
  readonly name: string
  /** `grantUse(principal: PrincipalRef): void` */
  readonly signature: string
  readonly description: string
}

export type Declaration = ClassDeclaration | InterfaceDeclaration

/** The declaration of a name, wherever it is. */
export type Find = (name: string) => Declaration | undefined

/** A class or interface that a file declares. */
export function declarationIn(source: SourceFile, name: string): Declaration | undefined {
  return source.getClass(name) ?? source.getInterface(name)
}

/** The class that a class extends. */
export function baseOf(declaration: ClassDeclaration): string | undefined {
  return declaration.getExtends()?.getExpression().getText()
}

/** What a class or interface says of itself. */
export function typeOf(declaration: Declaration, find: Find): TypeModel {
  const [summary = '', ...description] = commentOf(declaration).split('\n\n')
  return {
    name: declaration.getName() ?? '',
    file: relative('.', declaration.getSourceFile().getFilePath()),
    summary,
    description: description.join('\n\n'),
    fields: fieldsOf(declaration, find),
    methods: methodsOf(declaration, find),
  }
}

/** Fields, those of an interface's bases before its own and those of a class's bases after, and each name once. */
export function fieldsOf(declaration: Declaration | undefined, find: Find): readonly FieldModel[] {
  if (!declaration) return []
  const bases = basesOf(declaration, find).flatMap(base => fieldsOf(base, find))
  if (Node.isInterfaceDeclaration(declaration))
    return unique([...bases, ...declaration.getProperties().map(property => fieldOf(property, []))])
  const own = declaration
    .getInstanceProperties()
    .filter(one => one.getScope() === Scope.Public)
    .map(one => fieldOf(one, contractsOf(declaration, find)))
  return unique([...own, ...bases])
}

type Field = ClassInstancePropertyTypes | PropertySignature

function fieldOf(field: Field, contracts: readonly TypeModel[]): FieldModel {
  const name = field.getName()
  const told = contracts.flatMap(({ fields }) => fields).find(one => one.name === name)
  const type = Node.isReturnTyped(field) ? field.getReturnTypeNode() : field.getTypeNode()
  const comment = Node.isJSDocable(field) ? commentOf(field) : ''
  return {
    name,
    type: oneLine(type?.getText() ?? ''),
    description: comment || (told?.description ?? ''),
    isOptional: Node.isQuestionTokenable(field) && field.hasQuestionToken(),
    default: Node.isJSDocable(field) ? defaultOf(field) : '',
  }
}

function methodsOf(declaration: Declaration, find: Find): readonly MethodModel[] {
  const bases = basesOf(declaration, find).flatMap(base => methodsOf(base, find))
  const own = declaration
    .getMethods()
    .filter(method => Node.isMethodSignature(method) || method.getScope() === Scope.Public)
    .map(method => methodOf(method, contractsOf(declaration, find)))
  return unique([...own, ...bases])
}

function methodOf(method: MethodDeclaration | MethodSignature, contracts: readonly TypeModel[]): MethodModel {
  const name = method.getName()
  const told = contracts.flatMap(({ methods }) => methods).find(one => one.name === name)
  const parameters = method.getParameters().map(parameter => oneLine(parameter.getText()))
  const signature = `${name}(${parameters.join(', ')}): ${oneLine(method.getReturnTypeNode()?.getText() ?? 'void')}`
  const isStatic = Node.isMethodDeclaration(method) && method.isStatic()
  return {
    name,
    // A class may take its parameter apart, which is its own affair.
    signature: isStatic ? `static ${signature}` : (told?.signature ?? signature),
    description: commentOf(method) || (told?.description ?? ''),
  }
}

function basesOf(declaration: Declaration, find: Find): readonly Declaration[] {
  const names = Node.isClassDeclaration(declaration)
    ? [baseOf(declaration) ?? '']
    : declaration.getExtends().map(base => base.getExpression().getText())
  return names.flatMap(name => find(name) ?? [])
}

/** The interfaces that a class and its bases implement: they say what its members are for. */
function contractsOf(declaration: Declaration, find: Find): readonly TypeModel[] {
  if (!Node.isClassDeclaration(declaration)) return []
  const own = declaration.getImplements().flatMap(one => find(one.getExpression().getText()) ?? [])
  const inherited = basesOf(declaration, find).flatMap(base => contractsOf(base, find))
  return [...own.map(one => typeOf(one, find)), ...inherited]
}

/** The comment above a declaration, each paragraph in one line, without its tags. */
export function commentOf(node: JSDocableNode): string {
  const [doc] = node.getJsDocs()
  return (doc?.getDescription() ?? '').trim().replace(/([^\n])\n(?!\n)/g, '$1 ')
}

/** `@default - none` → `none`: the dash says that it is no value to write. */
function defaultOf(node: JSDocableNode): string {
  const tag = node.getJsDocs().flatMap(doc => doc.getTags().filter(one => one.getTagName() === 'default'))[0]
  const text = tag?.getCommentText() ?? ''
  return text.startsWith('- ') ? text.slice(2) : text && `\`${text}\``
}

/** A type as a table shows it. */
export function oneLine(type: string): string {
  return type.replace(/\breadonly /g, '').replace(/\s+/g, ' ')
}

function unique<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return all.filter((one, i) => all.findIndex(other => other.name === one.name) === i)
}
