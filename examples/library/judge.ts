import { evaluate, fails, load, readConfig } from 'keyreach'

const { world } = await load([], await readConfig('keyreach.yaml'))
const { findings, counts } = await evaluate(world)
for (const { rule, at, message, fix } of findings.filter(finding => fails(finding, 'warning'))) {
  console.log(`${at}: ${message} (${rule})`)
  for (const { kind, target } of fix) console.log(`  ${kind}: ${target}`)
}
console.log(`${counts.pass} requirements hold`)
