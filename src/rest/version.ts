import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')

/** The version of this program. */
export const VERSION = (JSON.parse(manifest) as { readonly version: string }).version
