import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Findings } from './finding'
import type { Chain } from './read-chain'

/** Files of a directory that no manifest names: whoever uses it takes them for part of the export. */
export async function checkCovered(directory: string, chain: Chain, findings: Findings): Promise<void> {
  const named = new Set(chain.paths)
  for (const { manifest } of chain.manifests) {
    named.add(manifest.file)
    named.add(manifest.economy.file)
  }
  for (const file of await filesIn(directory, '')) {
    if (named.has(file)) continue
    // A dot or an underscore in front hides a file from Spark, Trino and Hive, as parts that are being written.
    const isHidden = file.split('/').some((part) => part.startsWith('.'))
    if (isHidden) findings.skip({ law: 'covered', file, reason: 'hidden, and named by no manifest' })
    else findings.add({ law: 'covered', file, problem: 'no manifest names it' })
  }
}

async function filesIn(directory: string, folder: string): Promise<string[]> {
  const files: string[] = []
  const entries = await readdir(join(directory, folder), { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) files.push(...(await filesIn(directory, path)))
    else files.push(path)
  }
  return files
}
