import type { Findings } from './finding'
import type { ChainedManifest } from './read-chain'

/** Holds manifests against each other: one chain, one digest at a block, and partitions without a hole between them. */
export function checkJoins(manifests: readonly ChainedManifest[], findings: Findings): void {
  checkEnds(manifests, findings)
  for (const parts of partitioned(manifests)) checkParts(parts, findings)
}

function checkEnds(manifests: readonly ChainedManifest[], { add }: Findings): void {
  const [first] = manifests
  const ends = new Map<number, ChainedManifest>()
  for (const each of manifests) {
    const { path: file, manifest } = each
    if (first !== undefined && manifest.chainId !== first.manifest.chainId) {
      const problem = `chainId is ${manifest.chainId}, and ${first.path} has ${first.manifest.chainId}: a file of another chain`
      add({ law: 'joins', file, problem })
    }
    const other = ends.get(manifest.toBlock)
    if (other === undefined) {
      ends.set(manifest.toBlock, each)
      continue
    }
    for (const [name, found, expected] of [
      ['toBlockHash', manifest.toBlockHash, other.manifest.toBlockHash],
      ['toBlockTimestamp', manifest.toBlockTimestamp, other.manifest.toBlockTimestamp],
      ['historyDigest.after', manifest.historyDigest.after, other.manifest.historyDigest.after],
    ] as const) {
      if (found === expected) continue
      const problem = `${name} is ${found}, and ${other.path} has ${expected} for the same block ${manifest.toBlock}`
      add({ law: 'joins', file, problem })
    }
  }
  for (const { path: file, manifest } of manifests) {
    const before = ends.get(manifest.fromBlock - 1)
    if (before === undefined || before.manifest.historyDigest.after === manifest.historyDigest.before)
      continue
    const problem = `historyDigest.before is ${manifest.historyDigest.before}, and ${before.path} ends with ${before.manifest.historyDigest.after} at the block before`
    add({ law: 'joins', file, problem })
  }
}

/** The parts of each partitioned data set, by block. */
function partitioned(manifests: readonly ChainedManifest[]): readonly ChainedManifest[][] {
  const sets = new Map<string, Map<string, ChainedManifest>>()
  for (const each of manifests) {
    const { dataset, format, account, partition, file } = each.manifest
    if (partition === null) continue
    const key = `${dataset} ${format} ${account}`
    // A file that was published again counts once.
    sets.set(key, (sets.get(key) ?? new Map()).set(file, each))
  }
  return [...sets.values()].map((parts) =>
    [...parts.values()].sort((one, other) => one.manifest.fromBlock - other.manifest.fromBlock),
  )
}

/** No event is between two parts exactly if the second begins with the digest that the first ended with. */
function checkParts(parts: readonly ChainedManifest[], { add }: Findings): void {
  for (const [index, { path: file, manifest }] of parts.entries()) {
    const before = parts[index - 1]
    if (before === undefined || before.manifest.historyDigest.after === manifest.historyDigest.before)
      continue
    const what = manifest.fromBlock <= before.manifest.toBlock ? 'overlap' : 'have a hole between them'
    const problem = `${before.manifest.file} and ${manifest.file} ${what}: the digest is ${before.manifest.historyDigest.after} after the one, and ${manifest.historyDigest.before} before the other`
    add({ law: 'joins', file, problem })
  }
}
