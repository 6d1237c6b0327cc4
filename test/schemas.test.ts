import { readFileSync, writeFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020'
import { evaluate } from '../engine'
import { readConfig } from '../engine/config'
import { load } from '../engine/load'
import { json } from '../engine/report/json'
import { schemas } from '../engine/schemas'

test.each(Object.keys(schemas))('%s is what its source says (UPDATE=1 writes it)', path => {
  if (process.env.UPDATE) writeFileSync(path, schemas[path] ?? '')
  expect(readFileSync(path, 'utf8')).toBe(schemas[path])
})

test.each([
  'autoscaling-shared-image-no-grant',
  'copied-ami-launch-iam-deny',
  'image-builder-distribution-role-without-key-actions',
  'modules-and-count-recipe-key-not-passed',
  'packer-multi-region-replica-missing',
])('the report of %s has the published shape', async scenario => {
  const { world } = await load([], await readConfig(`test/fixtures/${scenario}/keyreach.yaml`))
  const validate = new Ajv().compile(JSON.parse(schemas['schemas/report.schema.json'] ?? ''))
  const valid = validate(JSON.parse(json(await evaluate(world))))
  expect(validate.errors).toBeNull()
  expect(valid).toBe(true)
})
