import type { EconomyFile } from '../config/economy-file'
import { METHODOLOGY_VERSION, SCHEMA_VERSION } from '../core/datasets/dataset'
import { spellCell } from '../core/datasets/spell-cell'
import { CONTRACT_NAMES } from '../core/events'
import type { Manifest } from '../export/manifest'
import type { Marks } from './marks'
import { timeOf } from './range-of'
import type { Rebuilt } from './rebuilding'

/**
 * What a manifest says and the chain does not, one sentence each.
 * @param rebuilt undefined where the file is not made anew: then what is said of its bytes is not judged
 */
export function wrongFacts(
  manifest: Manifest,
  { chain, contracts, policy }: EconomyFile,
  marks: Marks,
  rebuilt: Rebuilt | undefined,
): string[] {
  const { fromBlock, toBlock, historyDigest } = manifest
  const end = marks.snapshotAt(toBlock)
  if (end === undefined) return [`toBlock is ${toBlock}, but nothing happened in that block`]
  const facts: [name: string, says: unknown, is: unknown][] = [
    ['chainId', manifest.chainId, chain.id],
    ['contracts.token', manifest.contracts.token, contracts.token.address],
    ['contracts.staking', manifest.contracts.staking, contracts.staking.address],
    ['contracts.stable', manifest.contracts.stable, contracts.stable.address],
    ['contracts.pair', manifest.contracts.pair, contracts.pair?.address ?? null],
    ['toBlockHash', manifest.toBlockHash, end.hash],
    ['toBlockTimestamp', manifest.toBlockTimestamp, spellCell(end.timestamp, 'time')],
    ['historyDigest.before', historyDigest.before, marks.before(fromBlock).digest],
    ['historyDigest.after', historyDigest.after, end.digest],
    ['partial', manifest.partial.join(), CONTRACT_NAMES.filter((name) => policy.partial[name]).join()],
    ['schemaVersion', manifest.schemaVersion, SCHEMA_VERSION],
    ['methodologyVersion', manifest.methodologyVersion, METHODOLOGY_VERSION],
  ]
  if (rebuilt !== undefined) facts.push(['rows', manifest.rows, rebuilt.rows])
  // Where the bytes differ, so do their number and their hash.
  if (rebuilt !== undefined && rebuilt.place === undefined) {
    facts.push(['bytes', manifest.bytes, rebuilt.bytes], ['sha256', manifest.sha256, rebuilt.sha256])
  }
  return [
    ...facts
      .filter(([, says, is]) => says !== is)
      .map(([name, says, is]) => `the manifest says ${name} ${says}, it is ${is}`),
    ...untimely(manifest, marks),
  ]
}

/** What happened in the time that a file stands for, and not in its blocks. */
function untimely(manifest: Manifest, marks: Marks): string[] {
  const { time } = timeOf(manifest)
  if (time === undefined) return []
  const { fromBlock, toBlock } = manifest
  const [earlier, later] = [marks.before(fromBlock).timestamp, marks.nextAfter(toBlock)]
  const lacks = (where: string, at: number): string =>
    `the manifest says time ${manifest.time?.from} to ${manifest.time?.to}, but something happened ${where} at ` +
    `${spellCell(at, 'time')}`
  return [
    ...(earlier !== undefined && earlier >= time.from ? [lacks(`before block ${fromBlock}`, earlier)] : []),
    ...(later !== undefined && later < time.to ? [lacks(`after block ${toBlock}`, later)] : []),
  ]
}
