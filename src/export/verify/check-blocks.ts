import type { Manifest } from '../manifest'
import { BLOCKWISE, type Blockwise, type Rule } from './block-rows'
import type { Findings } from './finding'
import { addAt, cellAt, positions, type Row } from './row'

const NAMES = ['block_hash', 'block_timestamp'] as const
const PLACES = Object.fromEntries(BLOCKWISE.map((name) => [name, positions(name, NAMES)])) as Readonly<
  Record<Blockwise, Readonly<Record<(typeof NAMES)[number], number>>>
>

/** One block, one hash and one time, wherever it is named: in rows, and in manifests whose last block it is. */
export function checkBlocks(findings: Findings, manifests: readonly Manifest[]): Rule {
  const claims = new Map<number, Manifest>()
  for (const manifest of manifests) if (!claims.has(manifest.toBlock)) claims.set(manifest.toBlock, manifest)
  let latest: { readonly row: Row; readonly time: string } | undefined

  return {
    visit({ number, rows }) {
      let first: { readonly row: Row; readonly hash: string; readonly time: string } | undefined
      for (const dataset of BLOCKWISE) {
        const of = rows[dataset]
        if (of === undefined || of.length === 0) continue
        const { block_hash, block_timestamp } = PLACES[dataset]
        for (const row of of) {
          const [hash, time] = [cellAt(row, block_hash), cellAt(row, block_timestamp)]
          if (first === undefined) {
            first = { row, hash, time }
            continue
          }
          const other = `row ${first.row.number} of ${first.row.manifest.file}`
          if (hash !== first.hash) {
            addAt(
              findings,
              'blocks',
              row,
              'block_hash',
              `is ${hash}, and ${other} says ${first.hash} of the same block`,
            )
          }
          if (time !== first.time) {
            addAt(
              findings,
              'blocks',
              row,
              'block_timestamp',
              `is ${time}, and ${other} says ${first.time} of the same block`,
            )
          }
        }
      }
      if (first === undefined) return
      const { row, hash, time } = first
      const claim = claims.get(number)
      if (claim !== undefined && claim !== row.manifest) {
        if (hash !== claim.toBlockHash) {
          addAt(
            findings,
            'blocks',
            row,
            'block_hash',
            `is ${hash}, and the manifest of ${claim.file} says ${claim.toBlockHash}`,
          )
        }
        if (time !== claim.toBlockTimestamp) {
          addAt(
            findings,
            'blocks',
            row,
            'block_timestamp',
            `is ${time}, and the manifest of ${claim.file} says ${claim.toBlockTimestamp}`,
          )
        }
      }
      // As text they are in order as they are in time.
      if (latest !== undefined && time < latest.time) {
        const other = `row ${latest.row.number} of ${latest.row.manifest.file}`
        addAt(
          findings,
          'blocks',
          row,
          'block_timestamp',
          `is ${time}, before ${latest.time} of an earlier block (${other})`,
        )
      }
      latest = { row, time }
    },
  }
}
