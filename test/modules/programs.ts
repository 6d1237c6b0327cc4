import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The programs that the pages of constructs and the guides show. */
export const programs = ['examples/constructs', 'examples/guides'].flatMap(folder =>
  readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .map(file => join(folder, file)),
)
