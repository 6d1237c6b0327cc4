import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'cdktf'
import { consumers } from './accounts'
import { consumerIn } from './consumer'
import { imagesIn } from './images'

const app = new App()
const { key, packer } = imagesIn(app)
for (const consumer of consumers) consumerIn(app, consumer, key)
app.synth()
writeFileSync(join(app.outdir, 'app.pkr.hcl'), packer.toHcl())
