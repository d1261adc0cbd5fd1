import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LEDGER_DATASET_NAMES } from '../../../src/core/datasets/dataset'
import { DATA_FORMATS } from '../../../src/export/manifest'
import { placeOf } from '../../../src/export/verify/finding'
import { verifyDirectory } from '../../../src/export/verify/verify'
import { HOLDERS, history } from '../../support/history'
import { ECONOMY } from '../accounting/folded-source'
import { exportHistory, foldedHistory, type Wanted } from './exported-history'

const DATASETS = [...LEDGER_DATASET_NAMES, 'daily'] as const

async function inDirectory<Outcome>(work: (directory: string) => Promise<Outcome>): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'ashao-verify-'))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true })
  }
}

describe('whatever happened, its exports verify', () => {
  test('all datasets in all formats', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async (blocks, cut) => {
        const folded = foldedHistory(blocks, ECONOMY)
        const whole = folded.range()
        const middle = whole.fromBlock + (cut % Math.max(whole.toBlock - whole.fromBlock, 1))
        const account = HOLDERS[0] as (typeof HOLDERS)[number]
        const wanted: Wanted[] = [
          ...DATASETS.flatMap((dataset) => DATA_FORMATS.map((format) => ({ dataset, format }))),
          { dataset: 'statement', account },
          // A part of the whole, in a format that is there already.
          { dataset: 'transfers', range: folded.range(whole.fromBlock, middle) },
          { dataset: 'snapshots', range: folded.range(middle) },
          { dataset: 'daily', range: folded.range(middle) },
        ]
        await inDirectory(async (directory) => {
          await exportHistory(directory, folded, wanted)
          const { findings } = await verifyDirectory(directory)
          expect(
            findings.findings.map((finding) => `${finding.law}: ${placeOf(finding)}: ${finding.problem}`),
          ).toEqual([])
        })
      }),
      { numRuns: 8 },
    )
  })
})
