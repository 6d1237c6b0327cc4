import { scaffold } from '../cli/scaffold'
import { readProject, readRules } from '../generator/read'
import { compile } from '../generator/rego'

test('a rule that has just begun is one: it type-checks, compiles, and says what is to be filled in', () => {
  const project = readProject('policies')
  const file = project.createSourceFile(
    'policies/kms/replica-in-every-region.ts',
    scaffold('kms/replica-in-every-region', '..'),
  )
  expect(file.getPreEmitDiagnostics().map(diagnostic => diagnostic.getMessageText())).toEqual([])
  expect(compile(project).diagnostics).toEqual([])
  const rule = readRules(project).find(({ id }) => id === 'kms/replica-in-every-region')
  expect(rule).toMatchObject({ summary: 'Replica in every region.', severity: 'error' })
  expect(file.getFullText().match(/FILL IN/g)?.length).toBe(6)
})
