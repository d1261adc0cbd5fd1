import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EconomyFile } from '../config/economy-file'
import { parseEconomyJson } from '../config/economy-json'
import type { Manifest } from '../export/manifest'
import { RulesMissing } from './errors'

/** Files that were made by the same rules. */
export interface RuledFiles {
  readonly economy: EconomyFile
  readonly manifests: readonly Manifest[]
}

/**
 * Reads the rules that files were made by: as often as not all by the same, but an economy may change between two exports.
 * @throws RulesMissing (E7042), ConfigurationInvalid (E1001)
 */
export async function readRules(
  directory: string,
  manifests: readonly Manifest[],
): Promise<readonly RuledFiles[]> {
  const groups = new Map<string, Manifest[]>()
  for (const manifest of manifests) {
    const { file, sha256 } = manifest.economy
    const group = groups.get(`${file} ${sha256}`) ?? []
    group.push(manifest)
    groups.set(`${file} ${sha256}`, group)
  }
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const { file, sha256 } = (group[0] as Manifest).economy
      const text = await readFile(join(directory, file)).catch((error: NodeJS.ErrnoException) => {
        throw new RulesMissing({
          file,
          problem: error.code === 'ENOENT' ? 'is not there' : `cannot be read (${error.code})`,
        })
      })
      const found = createHash('sha256').update(text).digest('hex')
      if (found !== sha256) {
        throw new RulesMissing({ file, problem: `has the SHA-256 ${found}, and the manifests say ${sha256}` })
      }
      return { economy: parseEconomyJson(text.toString('utf8'), file), manifests: group }
    }),
  )
}
