import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manifestFacts } from '../../../src/export/export-target'
import { readManifests } from '../../../src/export/manifests'
import { buildProofs } from '../../../src/export/proofs/build-proofs'
import { createProofsEncoder, proofRows } from '../../../src/export/proofs/proofs-encoder'
import { publish } from '../../../src/export/publish'
import { placeOf } from '../../../src/export/verify/finding'
import { verifyDirectory } from '../../../src/export/verify/verify'
import { openSimulator } from '../../bench/open-simulator'
import { closeAll, pool } from '../../chain/rpc/open-pool'
import { simulatedHistory } from '../proofs/simulated-history'
import { exportHistory, foldedHistory } from './exported-history'
import { editRows, type Fields, sealAgain } from './forging'

const { chain, economy, blocks } = simulatedHistory({ blocks: 24, events: 120 })
const history = foldedHistory(blocks, economy)
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ashao-proven-'))
  await exportHistory(directory, history, [{ dataset: 'transfers' }])
  const rpc = await pool([await openSimulator({ chain })])
  const range = history.range()
  const published = await readManifests(directory)
  const [first] = published
  if (first === undefined) throw new TypeError('there is a manifest')
  const facts = manifestFacts({ dataset: 'proofs', format: 'proofs', range }, economy, first.manifest)
  const proofs = async function* () {
    const encoder = createProofsEncoder()
    for await (const rows of proofRows(buildProofs(rpc, economy, range))) {
      yield { bytes: encoder.add(rows), rows: rows.length }
    }
  }
  await publish(directory, facts, proofs, { published })
})
afterAll(async () => {
  await closeAll()
  await rm(directory, { recursive: true })
})

test('proofs in a directory prove the rows beside them, and find what a forger made consistent', async () => {
  const { findings, proofs } = await verifyDirectory(directory)
  expect(findings.findings).toEqual([])
  expect(proofs?.events).toBe(120)
  const { file } = (await readManifests(directory))[0]?.manifest ?? {}
  if (file === undefined) throw new TypeError('there is a manifest')
  expect(findings.verdict('proofs', file)).toBe('holds')

  // Nothing but the chain knows the hash of a transaction.
  await editRows(directory, file, (rows) => {
    const row = rows[rows.length >> 1] as Fields
    row.transaction_hash = `0x${'c'.repeat(64)}`
    return rows
  })
  await sealAgain(directory)
  const { findings: after } = await verifyDirectory(directory)
  expect(
    after.findings.map((finding) => `${finding.law} ${placeOf(finding)}: ${finding.problem}`),
  ).toContainEqual(
    expect.stringMatching(
      /^proofs transfers-\d+-\d+\.csv, row \d+ \(line \d+\), block \d+, column transaction_hash: the proven event has "0x/,
    ),
  )
})
