import { type Config, evaluate, type Finding, fails, load, readConfig } from 'keyreach'

const config: Config = await readConfig(process.argv[2] ?? '')
const { world } = await load([], config)
const { findings } = await evaluate(world)
const failing: readonly Finding[] = findings.filter(finding => fails(finding, 'error'))
console.log(failing.map(({ rule }) => rule).join('\n'))
