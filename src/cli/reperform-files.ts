import type { Logger } from '@subsquid/logger'
import { connectViews } from '../chain/contract-views'
import { DeploymentUnknown } from '../chain/errors'
import { probeContracts } from '../chain/probe'
import { throwPlainly } from '../chain/rpc/throw-plainly'
import { watchHeads } from '../chain/source/heads'
import type { Environment } from '../config/environment'
import { redactUrl } from '../config/redact'
import type { ExportRange } from '../core/datasets/export-range'
import type { Manifest } from '../export/manifest'
import type { BlockProof } from '../export/proofs/block-proof'
import { buildProofs } from '../export/proofs/build-proofs'
import { deploymentIdentity } from '../indexer/deployment-identity'
import { compareViews, type ViewComparison } from '../reperform/compare-views'
import { NodeBehind, OtherChain } from '../reperform/errors'
import { foldChain } from '../reperform/fold-chain'
import { readChain } from '../reperform/read-chain'
import type { RuledFiles } from '../reperform/read-rules'
import { type Reperformance, reperform } from '../reperform/reperform'
import { type Report, reportOf } from '../reperform/report'
import { untilSilent } from '../reperform/until-silent'
import { type Nodes, openNodes } from './open-nodes'
import { openProgress } from './progress'

/** How long no byte may come from any node, in milliseconds. */
const PATIENCE = 90_000
/** How often heads are looked at meanwhile: once, at the beginning, is what counts. */
const HEAD_INTERVAL = 60_000

export interface FilesToReperform extends RuledFiles {
  readonly directory: string
  readonly environment: Environment
  readonly log: Logger
  readonly redact: (text: string) => string
  /** Told what a person has to know of nodes and contracts that nothing else says. */
  readonly say: (text: string) => void
}

/**
 * Re-performs files that were made by the same rules, with nodes alone.
 * @throws what is wrong with the nodes or the contracts (E3002 and so on), NodeBehind (E7040), OtherChain (E7041),
 *   NodeSilent (E7043), and what is wrong with the history (E2001 and so on)
 */
export async function reperformFiles(files: FilesToReperform): Promise<Report> {
  const { directory, environment, economy, log } = files
  const nodes = await openNodes(files, async () => ({ genesisHash: undefined, final: undefined }), log)
  const heads = watchHeads(nodes.rpc, economy.chain.finality, HEAD_INTERVAL)
  try {
    const { finalized } = await heads.refresh()
    await checkChain(nodes, files.manifests, finalized)
    const trusted = await checkContracts(nodes, files)
    const { files: reports, ends } = await reperformHistory(nodes, files, finalized)
    return reportOf({
      directory,
      economy,
      nodes: environment.rpcUrls.map(redactUrl).join(', '),
      verification: environment.verification.mode,
      files: reports,
      views: await askViews(nodes, files, ends),
      trusted,
    })
  } catch (error) {
    throwPlainly(error)
  } finally {
    heads.close()
    await nodes.rpc.close()
  }
}

/** @throws NodeBehind (E7040), OtherChain (E7041) */
async function checkChain(
  { node, inUse }: Nodes,
  manifests: readonly Manifest[],
  finalized: number,
): Promise<void> {
  const ends = new Map(manifests.map(({ toBlock, toBlockHash }) => [toBlock, toBlockHash]))
  const newest = Math.max(...ends.keys())
  const url = inUse().shownUrl
  if (newest > finalized) throw new NodeBehind({ url, toBlock: newest, finalized })
  let refusal: OtherChain | undefined
  for (const [block, expected] of [...ends].sort(([a], [b]) => b - a)) {
    const found = (await node.blockHash(block))?.hash
    if (found === expected) return
    refusal ??= new OtherChain({ url, block, expected, found })
  }
  if (refusal !== undefined) throw refusal
}

/**
 * What the indexer checks of an economy before its first block; of a node without old states, what it can tell.
 * @returns what it cannot tell
 */
async function checkContracts(
  { node }: Nodes,
  { economy, say }: FilesToReperform,
): Promise<readonly string[]> {
  const untold: string[] = []
  const note = (text: string): void => {
    untold.push(text)
    say(text)
  }
  try {
    await probeContracts(node, economy, note)
  } catch (error) {
    if (!(error instanceof DeploymentUnknown)) throw error
    note(`${error.message} That no history is left out is taken on trust`)
  }
  return untold
}

async function reperformHistory(
  { rpc, genesisHash }: Nodes,
  { directory, economy, manifests, environment }: FilesToReperform,
  finalized: number,
): Promise<Reperformance> {
  const { policy } = economy
  const total = Math.max(...manifests.map(({ toBlock }) => toBlock)) - policy.startBlock + 1
  const progress = openProgress('history', 'blocks')
  const proving = openProgress('proofs', 'blocks')
  async function* prove(range: ExportRange): AsyncGenerator<BlockProof> {
    progress.finish()
    const { fromBlock, toBlock } = range
    yield* buildProofs(rpc, economy, range, (block) =>
      proving.update(block - fromBlock + 1, toBlock - fromBlock + 1),
    )
    proving.finish()
  }
  const { historySeed: seed } = deploymentIdentity(economy, genesisHash)
  const { verification } = environment
  // As far as it is final: whoever reads stops where the files are over.
  const history = foldChain(readChain(economy, finalized, { rpc, verification }), policy, seed)
  try {
    const exports = { directory, economy, manifests, seed, prove }
    return await reperform(exports, untilSilent(rpc, history, PATIENCE), (block) =>
      progress.update(Math.min(block - policy.startBlock + 1, total), total),
    )
  } finally {
    progress.finish()
    proving.finish()
  }
}

/** All nodes but those of another chain. */
async function askViews(
  { rpc }: Nodes,
  { economy, environment, redact }: FilesToReperform,
  ends: Reperformance['ends'],
): Promise<ViewComparison[]> {
  const states = rpc.status().map(({ state }) => state)
  const urls = environment.rpcUrls.filter((_, index) => states[index] !== 'refused')
  const nodes = urls.map((url) => connectViews(url, economy, redact))
  const comparisons: ViewComparison[] = []
  for (const end of ends) comparisons.push(await compareViews(end, nodes, economy.policy.partial))
  return comparisons
}
