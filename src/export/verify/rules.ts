import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../../chain/verify/sha256'
import type { EconomyFile } from '../../config/economy-file'
import { parseEconomyJson } from '../../config/economy-json'
import type { Hash } from '../../core/address'
import { historySeed } from '../../core/digest'
import type { Manifest } from '../manifest'
import type { Findings } from './finding'
import { inspectFile } from './inspect-file'
import type { ChainedManifest } from './read-chain'

/** The economy that a file was derived by, and what the digest of its history starts from. */
export interface Rules {
  readonly economy: EconomyFile
  readonly seed: Hash
}

/** Beyond it an economy file is none. */
const MOST_BYTES = 4 * 2 ** 20

/** Reads the economies that manifests name, each once, and holds the manifests against them. */
export async function readRules(
  directory: string,
  manifests: readonly ChainedManifest[],
  { add }: Findings,
): Promise<ReadonlyMap<string, Rules>> {
  const known = new Map<string, Rules>()
  const hashes = new Map<string, string | undefined>()
  for (const { path, manifest } of manifests) {
    const { file, sha256 } = manifest.economy
    if (!hashes.has(file)) {
      const inspected = await inspectFile(directory, file)
      if ('problem' in inspected) add({ law: 'manifest', file, problem: inspected.problem })
      hashes.set(file, 'problem' in inspected ? undefined : inspected.sha256)
      const rules = 'problem' in inspected ? undefined : await rulesIn(directory, file, inspected.bytes, add)
      if (rules !== undefined) known.set(file, rules)
    }
    const found = hashes.get(file)
    if (found !== undefined && found !== sha256) {
      const problem = `its SHA-256 is ${found}, and ${path} says ${sha256}`
      add({ law: 'manifest', file, problem })
    }
    const rules = known.get(file)
    if (rules !== undefined) checkManifest(manifest, path, rules, add)
  }
  return known
}

/** Whether an export begins where the history does: then nobody had anything before its first row. */
export function beginsHistory({ fromBlock }: Manifest, { economy }: Rules): boolean {
  return fromBlock <= economy.policy.startBlock
}

async function rulesIn(
  directory: string,
  file: string,
  bytes: number,
  add: Findings['add'],
): Promise<Rules | undefined> {
  if (bytes > MOST_BYTES) {
    add({ law: 'manifest', file, problem: `it has ${bytes} bytes, and no economy file has that many` })
    return undefined
  }
  try {
    const economy = parseEconomyJson(await readFile(join(directory, file), 'utf8'), file)
    const { chain, contracts, policy } = economy
    const scope = { chainId: chain.id, ...contracts, treasury: policy.treasury, buyback: policy.buyback }
    return { economy, seed: historySeed(scope, sha256) }
  } catch (error) {
    const problem =
      error instanceof Error ? error.message.replaceAll('\n', ' ').replace(/\.$/, '') : String(error)
    add({ law: 'manifest', file, problem: `it is no economy file: ${problem}` })
    return undefined
  }
}

function checkManifest(manifest: Manifest, file: string, rules: Rules, add: Findings['add']): void {
  const { chain, contracts } = rules.economy
  const compare = (name: string, found: unknown, expected: unknown): void => {
    if (found === expected) return
    const problem = `${name} is ${found}, and ${manifest.economy.file} says ${expected}`
    add({ law: 'manifest', file, problem })
  }
  const partial = (['token', 'staking', 'stable'] as const).filter(
    (name) => rules.economy.policy.partial[name],
  )
  compare('partial', manifest.partial.join(' '), partial.join(' '))
  compare('chainId', manifest.chainId, chain.id)
  for (const name of ['token', 'staking', 'stable', 'pair'] as const) {
    compare(`contracts.${name}`, manifest.contracts[name], contracts[name]?.address ?? null)
  }
  if (beginsHistory(manifest, rules) && manifest.historyDigest.before !== rules.seed) {
    const problem = `historyDigest.before is ${manifest.historyDigest.before}, and the history of ${manifest.economy.file} starts from ${rules.seed}`
    add({ law: 'joins', file, problem })
  }
}
