import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EconomyFile } from '../config/economy-file'
import { economyJson } from '../config/economy-json'
import { MANIFEST_FOLDER, type Manifest } from './manifest'
import { writeDurably } from './write-durably'

/**
 * Stores the rules of an economy beside the manifests, once.
 * @returns how manifests refer to them
 * @throws WriteRefused (E7005)
 */
export async function storeEconomy(directory: string, economy: EconomyFile): Promise<Manifest['economy']> {
  const content = economyJson(economy)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = `${MANIFEST_FOLDER}/economy-${sha256.slice(0, 12)}.json`
  const path = join(directory, file)
  const isThere = await readFile(path, 'utf8').then(
    (text) => text === content,
    () => false,
  )
  if (!isThere) await writeDurably(path, content)
  return { file, sha256 }
}
