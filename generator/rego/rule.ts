import { ts } from 'ts-morph'
import { ruleId } from '../read'
import { call, expression, global, infix, local, type Rule, rule, scalar, some, type Term } from './ast'
import { bindTo, type Context, qualified, refuse, textOf, within } from './context'
import { bindParameters } from './declarations'
import { functionRules } from './functions'
import { setRules } from './generators'
import { value } from './visitors'

/** Where requirements are judged. */
export const judge = 'policies/lang/judge.ts'

/** Where levels are read. */
export const waiver = 'policies/lang/waiver.ts'

const header = ['aliases', 'severity', 'symptoms']

/** `export default rule({ … })`: its situations, its requirements, and the findings that follow from them. */
export function ruleRules(statement: ts.ExportAssignment, cx: Context): readonly Rule[] {
  const definition = ts.isCallExpression(statement.expression) ? statement.expression.arguments[0] : undefined
  if (
    !definition ||
    !ts.isObjectLiteralExpression(definition) ||
    !ts.isCallExpression(statement.expression) ||
    statement.expression.expression.getText() !== 'rule'
  ) {
    refuse(
      'unsupported-syntax',
      statement.expression,
      { syntax: `\`export default ${textOf(statement.expression)}\``, help: 'export `rule({ … })`' },
      cx,
    )
    return []
  }
  for (const name of ['findings', 'deny', 'warn', 'situations', 'requirements', '_metadata']) cx.module.taken.add(name)
  const parts = new Map(definition.properties.map(property => [property.name?.getText() ?? '', property]))
  return [
    metadata(parts, cx),
    ...situations(parts.get('situations'), cx),
    ...requirements(parts.get('requirements'), cx),
    ...findings(mayAdvise(parts.get('requirements'), cx), cx),
  ]
}

function metadata(parts: ReadonlyMap<string, ts.ObjectLiteralElementLike>, cx: Context): Rule {
  const entries = header.flatMap((name): readonly (readonly [Term, Term])[] => {
    const property = parts.get(name)
    return property && ts.isPropertyAssignment(property) ? [[scalar(name), value(property.initializer, cx)]] : []
  })
  return rule('_metadata', null, [
    { value: { kind: 'object', entries: [[scalar('id'), scalar(ruleId(cx.module.path))], ...entries] }, body: [] },
  ])
}

function situations(property: ts.ObjectLiteralElementLike | undefined, cx: Context): readonly Rule[] {
  if (property && ts.isMethodDeclaration(property) && property.asteriskToken && property.body) {
    const inner = within(cx, 'situations')
    // Its parameter is the rule itself, by whose names it reads what is set under `parameters`.
    for (const { name } of property.parameters) if (ts.isIdentifier(name)) bindTo(name, global('_metadata'), inner)
    return setRules('situations', property.body, inner, ['Every place that the rule speaks about.'])
  }
  if (property)
    refuse(
      'unsupported-syntax',
      property,
      { syntax: `\`${textOf(property)}\``, help: 'write `*situations() { … yield { … } … }`' },
      cx,
    )
  return []
}

function requirements(property: ts.ObjectLiteralElementLike | undefined, cx: Context): readonly Rule[] {
  const owner = property && ts.isPropertyAssignment(property) ? property.initializer : property
  if (!owner || !(ts.isArrowFunction(owner) || ts.isMethodDeclaration(owner)) || !owner.body) {
    if (property)
      refuse(
        'unsupported-syntax',
        property,
        { syntax: `\`${textOf(property)}\``, help: 'write `requirements: situation => [ … ]`' },
        cx,
      )
    return []
  }
  const inner = within(cx, 'requirements')
  const { parameters, body } = bindParameters(owner.parameters, inner)
  return functionRules('requirements', parameters.length === 0 ? ['_'] : parameters, owner.body, owner, inner, body, [
    'What must hold there.',
  ])
}

function findings(isAdvisor: boolean, cx: Context): readonly Rule[] {
  const judged = call(
    qualified(judge, 'judge', cx.module),
    global('_metadata'),
    local('situation'),
    local('requirement'),
  )
  const each = { key: null, value: local('finding') }
  const body = [
    some('situation', global('situations')),
    some('requirement', call('requirements', local('situation'))),
    some('finding', judged),
  ]
  return [
    {
      name: 'findings',
      parameters: null,
      contains: each,
      branches: [{ value: null, body }],
      isDefault: false,
      comment: [],
    },
    outcome('deny', 'error', false, cx),
    outcome('warn', 'warning', isAdvisor, cx),
  ]
}

/**
 * What conftest reads: the failures of a severity, each with `msg`. It asks for `deny` and `warn` one after the other and keeps nothing
 * of the first, so that a rule is passed over where it can have no failures of that severity: where it is at another level and has no advice.
 */
function outcome(name: string, severity: string, isAdvisor: boolean, cx: Context): Rule {
  const failures = call(qualified('policies/conftest.ts', 'failures', cx.module), global('findings'), scalar(severity))
  const level = call(qualified(waiver, 'level_of', cx.module), global('_metadata'))
  return {
    name,
    parameters: null,
    contains: { key: null, value: local('failure') },
    branches: [
      {
        value: null,
        body: [...(isAdvisor ? [] : [expression(infix(level, '==', scalar(severity)))]), some('failure', failures)],
      },
    ],
    isDefault: false,
    comment: [],
  }
}

/** Whether a requirement of a rule may be of a severity of its own: always where it cannot be seen which requirements there are. */
function mayAdvise(requirements: ts.Node | undefined, cx: Context): boolean {
  const { checker } = cx.module.program
  const isRequirement = (node: ts.Node): boolean => {
    const type = checker.getTypeAtLocation(node)
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
    return [type, element].some(each => each?.getProperty('because') !== undefined)
  }
  const advises = (node: ts.Node): boolean => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'severity')
      return !ts.isStringLiteral(node.initializer) || node.initializer.text !== 'error'
    const isSeen = ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)
    const isNamed = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)
    if (!isSeen && isNamed && ts.isExpression(node) && isRequirement(node) && !isLoop(node)) return true
    return ts.forEachChild(node, child => advises(child) || undefined) ?? false
  }
  return requirements !== undefined && advises(requirements)
}

/** Whether a call goes through a list by a callback that is written there. */
function isLoop(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.arguments.some(argument => ts.isArrowFunction(argument))
}
