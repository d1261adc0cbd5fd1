import type { EconomyFile } from '../config/economy-file'
import type { Address, Hash } from '../core/address'
import { CONTRACT_NAMES, type ContractName } from '../core/events'
import {
  ChainMismatch,
  ContractMissing,
  DecimalsMismatch,
  DeploymentUnknown,
  FinalityTagUnknown,
  NodeUnreachable,
  OpeningBalance,
  PairMismatch,
  StartBlockTooLate,
} from './errors'
import type { ChainNode } from './node'
import { reasonOf } from './reason'

/** Something worth saying that does not stop anything. */
type Warn = (message: string) => void

/**
 * Checks that a node can serve this economy at all: it answers, is on the right chain and knows finality.
 * @returns the first block that the node has, which tells apart two chains of one id.
 * @throws NodeUnreachable (E3002), ChainMismatch (E3003), FinalityTagUnknown (E3009).
 */
export async function probeNode(
  node: ChainNode,
  economy: EconomyFile,
): Promise<{ genesisHash: Hash; genesisBlock: number }> {
  const found = await node.chainId().catch((error: unknown) => {
    throw new NodeUnreachable({ url: node.shownUrl, reason: reasonOf(error) })
  })
  if (found !== economy.chain.id) {
    throw new ChainMismatch({ url: node.shownUrl, expected: economy.chain.id, found })
  }
  const { finality } = economy.chain
  if (finality.kind === 'tag') {
    const { tag } = finality
    const refuse = (reason: string): never => {
      throw new FinalityTagUnknown({ url: node.shownUrl, tag, reason })
    }
    const block = await node.blockHash(tag).catch((error: unknown) => refuse(reasonOf(error)))
    if (block === undefined) refuse('it answers null')
  }
  try {
    // A pruned node lacks block 0; the first one that it has is the next best thing that does not change by itself.
    const genesis = (await node.blockHash(0)) ?? (await node.blockHash('earliest'))
    if (genesis !== undefined) return { genesisHash: genesis.hash, genesisBlock: genesis.number }
  } catch (error) {
    throw new NodeUnreachable({ url: node.shownUrl, reason: reasonOf(error) })
  }
  throw new NodeUnreachable({ url: node.shownUrl, reason: 'it has no first block' })
}

/**
 * Checks the contracts before the first block is indexed: they exist, count in the configured decimals, and
 * nothing happened to them before their start block.
 * @throws ContractMissing (E3004), StartBlockTooLate (E3005), DeploymentUnknown (E3006), DecimalsMismatch (E3007),
 *   OpeningBalance (E3008), PairMismatch (E3012).
 */
export async function probeContracts(node: ChainNode, economy: EconomyFile, warn: Warn): Promise<void> {
  const head = await node.head().catch((error: unknown) => {
    throw new NodeUnreachable({ url: node.shownUrl, reason: reasonOf(error) })
  })
  for (const contract of CONTRACT_NAMES) {
    await probeCode(node, economy, contract, head, warn)
    if (contract !== 'staking') await probeDecimals(node, economy, contract, head, warn)
  }
  if (!economy.contracts.stable.partialHistory) await probeOpeningBalances(node, economy)
  await probePair(node, economy, head, warn)
}

/** Finds the first block at which a contract has code, by bisection; it must have none at 0 and some at `known`. */
export async function deploymentBlock(node: ChainNode, address: Address, known: number): Promise<number> {
  let without = -1
  let having = known
  while (having - without > 1) {
    const middle = Math.floor((without + having) / 2)
    if (await node.hasCode(address, middle)) having = middle
    else without = middle
  }
  return having
}

async function probeCode(
  node: ChainNode,
  economy: EconomyFile,
  contract: ContractName,
  head: number,
  warn: Warn,
): Promise<void> {
  const { address, startBlock, partialHistory } = economy.contracts[contract]
  try {
    if (!(await node.hasCode(address, head))) throw new ContractMissing({ contract, address, block: head })
    if (partialHistory || contract === 'stable') return
    // A stable asset is older than the treasury that holds it: its opening balance is what counts.
    const before = Math.min(startBlock - 1, head)
    if (before >= 0 && (await node.hasCode(address, before))) {
      const deployedAt = await deploymentBlock(node, address, before)
      throw new StartBlockTooLate({ contract, startBlock, deployedAt })
    }
  } catch (error) {
    if (error instanceof ContractMissing || error instanceof StartBlockTooLate) throw error
    const block = Math.max(startBlock - 1, 0)
    const reason = reasonOf(error)
    if (!partialHistory) throw new DeploymentUnknown({ contract, block, reason })
    warn(`contracts.${contract}: the node cannot say whether there is code at ${address} (${reason})`)
  }
}

async function probeDecimals(
  node: ChainNode,
  economy: EconomyFile,
  contract: 'token' | 'stable',
  head: number,
  warn: Warn,
): Promise<void> {
  const { address, decimals: configured } = economy.contracts[contract]
  const onChain = await node.decimals(address, head)
  if (onChain === undefined) {
    warn(`contracts.${contract}: decimals() does not answer, so ${configured} decimals are taken on trust`)
  } else if (onChain !== configured) throw new DecimalsMismatch({ contract, configured, onChain })
}

async function probePair(node: ChainNode, economy: EconomyFile, head: number, warn: Warn): Promise<void> {
  const { pair, token, stable } = economy.contracts
  if (pair === undefined) return
  const trust = (reason: string): void =>
    warn(`contracts.pair: that ${pair.address} is the pair of both is taken on trust (${reason})`)
  const hasCode = await node.hasCode(pair.address, head).catch((error: unknown) => trust(reasonOf(error)))
  if (hasCode === undefined) return
  if (!hasCode) throw new ContractMissing({ contract: 'pair', address: pair.address, block: head })
  const tokens = await node.pairTokens(pair.address, head)
  if (tokens === undefined) {
    trust('it does not name its tokens')
    return
  }
  const [token0, token1] = tokens
  if ([token0, token1].sort().join() === [token.address, stable.address].sort().join()) return
  throw new PairMismatch({ pair: pair.address, token0, token1 })
}

async function probeOpeningBalances(node: ChainNode, economy: EconomyFile): Promise<void> {
  const { address, startBlock } = economy.contracts.stable
  const block = startBlock - 1
  if (block < 0) return
  for (const wallet of economy.policy.treasury) {
    let balance: bigint
    try {
      // Before its deployment the contract has no views, and held nothing.
      balance = (await node.hasCode(address, block)) ? await node.balanceOf(address, wallet, block) : 0n
    } catch (error) {
      throw new DeploymentUnknown({ contract: 'stable', block, reason: reasonOf(error) })
    }
    if (balance > 0n) throw new OpeningBalance({ wallet, block, balance })
  }
}
