import type { Rpc } from '../../../src/chain/rpc/rpc'
import type { EconomyFile } from '../../../src/config/economy-file'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { type BlockProof, proofLine } from '../../../src/export/proofs/block-proof'
import { buildProofs } from '../../../src/export/proofs/build-proofs'
import type { RowsToProve } from '../../../src/export/proofs/proven-rows'
import { type ProofCounts, verifyProofs } from '../../../src/export/proofs/verify-proofs'
import type { Finding } from '../../../src/export/verify/finding'
import { type NodeServer, startNode } from '../../chain/rpc/node-server'

export async function proofsOf(rpc: Rpc, economy: EconomyFile, range: ExportRange): Promise<BlockProof[]> {
  const proofs: BlockProof[] = []
  for await (const proof of buildProofs(rpc, economy, range)) proofs.push(proof)
  return proofs
}

export interface Verified {
  readonly counts: ProofCounts
  readonly findings: readonly Finding[]
  /** Findings as `row/block: problem`. */
  readonly said: readonly string[]
}

export async function verified(
  proofs: readonly (BlockProof | string)[],
  economy: EconomyFile,
  { digest, ...range }: ExportRange,
  files: readonly RowsToProve[] = [],
): Promise<Verified> {
  const lines = proofs.map((proof) => (typeof proof === 'string' ? proof : proofLine(proof)))
  const findings: Finding[] = []
  const counts = await verifyProofs(
    { file: 'proofs.ndjson', lines: inBundles(lines) },
    economy,
    { ...range, historyDigest: digest },
    files,
    (finding) => findings.push(finding),
  )
  const said = findings.map(({ row, block, problem }) => `${row ?? '-'}/${block ?? '-'}: ${problem}`)
  return { counts, findings, said }
}

/** Things in bundles of two, as files hand them over. */
export async function* inBundles<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < all.length; start += 2) yield all.slice(start, start + 2)
}

/** A node that hands on what another one answers, changed; undefined says that there is no such method. */
export async function startProxy(
  url: string,
  change: (method: string, result: unknown) => unknown,
): Promise<NodeServer> {
  const node = await startNode()
  node.behave(async ({ requests, isBatch, send }) => {
    const asked = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(requests),
    })
    const told = (await asked.json()) as { id: number; result: unknown }[]
    const answers = requests.map(({ id, method }) => {
      const answer = told.find((each) => each.id === id)
      const result = change(method, answer?.result)
      if (result === undefined)
        return { jsonrpc: '2.0', id, error: { code: -32601, message: `no ${method}` } }
      return { jsonrpc: '2.0', id, result }
    })
    send(isBatch ? answers : answers[0])
  })
  return node
}
