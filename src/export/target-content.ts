import type { Rpc } from '../chain/rpc/rpc'
import type { EconomyFile } from '../config/economy-file'
import type { DatasetName } from '../core/datasets/dataset'
import { columnsOf } from '../core/datasets/datasets'
import type { ExportRange } from '../core/datasets/export-range'
import type { ExportSource } from '../read/export/export-source'
import { accountingFile } from './accounting/accounting-file'
import type { ExportTarget } from './export-target'
import { dataContent, type FileContent, type Piece, wholeContent } from './file-content'
import { buildProofs } from './proofs/build-proofs'
import { createProofsEncoder, proofRows } from './proofs/proofs-encoder'

/** Where the content of files comes from. */
export interface ContentPlaces {
  readonly source: ExportSource
  readonly economy: EconomyFile
  /** Only proofs need it. */
  readonly rpc: Rpc | undefined
}

/** Data sets that a source does not go on with behind a row: they are short, or their rows have no place of their own. */
const WHOLE: ReadonlySet<DatasetName> = new Set(['daily', 'corrections'])

/** What a file is made of. */
export function targetContent(target: ExportTarget, places: ContentPlaces): FileContent {
  const { source, economy, rpc } = places
  const { range, account } = target
  switch (target.format) {
    case 'hledger':
    case 'koinly':
    case 'rotki': {
      const { format } = target
      return wholeContent(() => accountingFile(format, source, range, { economy, account }))
    }
    case 'proofs':
      if (rpc === undefined) throw new TypeError('proofs are made from the chain')
      return () => proofPieces(rpc, economy, range)
    default: {
      const { dataset, format } = target
      return dataContent(format, columnsOf(dataset), {
        rows: (after) => source.rows(dataset, range, { account, after }),
        isResumable: !WHOLE.has(dataset),
      })
    }
  }
}

async function* proofPieces(rpc: Rpc, economy: EconomyFile, range: ExportRange): AsyncGenerator<Piece> {
  const encoder = createProofsEncoder()
  let block: number | undefined
  const proofs = buildProofs(rpc, economy, range, (done) => {
    block = done
  })
  yield { bytes: encoder.start(), rows: 0 }
  for await (const rows of proofRows(proofs)) yield { bytes: encoder.add(rows), rows: rows.length, block }
  yield { bytes: encoder.finish(), rows: 0 }
}
