import { z } from 'zod'
import { CONTRACT_NAMES } from '../core/events'
import { addressText, blockNumber, count, hashText, isoTime } from './wire-schema'

const economy = z
  .strictObject({
    chainId: count,
    chainName: z.string(),
    token: addressText,
    staking: addressText,
    stable: addressText,
  })
  .describe('The economy that this process is configured for.')

const deployment = z
  .strictObject({
    chainId: count,
    genesisHash: z.string(),
    fingerprint: z.string().describe('Digest of the rules that the database was indexed with.'),
    token: addressText,
    staking: addressText,
    stable: addressText,
    startBlock: blockNumber,
    partial: z.array(z.enum(CONTRACT_NAMES)).describe('Contracts whose history before that was left out.'),
    createdAt: isoTime,
    indexesPending: z.boolean().describe('Whether secondary indexes are still to be built.'),
  })
  .nullable()
  .describe('The economy that the database holds; null before the indexer’s first start.')

const heads = z.strictObject({
  indexed: z
    .strictObject({ block: blockNumber, hash: hashText, timestamp: isoTime })
    .nullable()
    .describe('Newest indexed block.'),
  finalized: blockNumber.nullable().describe('Newest indexed block that can no longer be reorganised away.'),
  chain: blockNumber.nullable().describe('Newest block that the indexer saw at its source.'),
  chainFinalized: z.int().nullable().describe('Newest final block that it saw there.'),
})

const lag = z.strictObject({
  blocks: count.nullable().describe('Blocks between the newest indexed one and the newest seen.'),
  seconds: count.nullable().describe('Seconds from the newest indexed block to now.'),
})

const run = z.strictObject({
  fromBlock: blockNumber,
  toBlock: blockNumber,
  toHash: hashText,
  source: z.string().describe('Where the blocks were read.'),
  verification: z.string().describe('How they were to be verified.'),
  blocks: count,
  blocksChecked: count.describe('Blocks of which that was checked.'),
})

const snapshot = z
  .strictObject({ block: blockNumber, hash: hashText, timestamp: isoTime, digest: z.string() })
  .nullable()
  .describe('The newest block with events.')

const reconciliation = z
  .strictObject({
    block: blockNumber,
    hash: hashText,
    checkedAt: isoTime,
    overdue: z.boolean().describe('Whether nothing was compared for three intervals.'),
    equal: count,
    different: count,
    gaps: count,
    standing: count.describe('Differences that stand.'),
  })
  .nullable()
  .describe('The latest comparison with the chain.')

/** What `/status` says besides problems and the time of its start. */
export const statusShape = {
  economy,
  deployment,
  heads,
  lag,
  source: z
    .strictObject({ url: z.string().describe('The node, without its secrets.'), observedAt: isoTime })
    .nullable(),
  counts: z.strictObject({ events: count, transfers: count, holders: count, stakers: count }).nullable(),
  coverage: z.array(run).describe('How the indexed blocks were read: the newest hundred runs, oldest first.'),
  coverageRuns: count.describe('How many runs there are.'),
  coverageTotals: z.array(
    z.strictObject({
      source: z.string(),
      verification: z.string(),
      runs: count,
      blocks: count,
      blocksChecked: count,
    }),
  ),
  snapshot,
  reconciliation,
}
