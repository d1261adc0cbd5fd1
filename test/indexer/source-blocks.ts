import { decodeLog, type EventSources, type RawLog } from '../../src/chain/decode-log'
import type { SourceBlock } from '../../src/chain/source/source-block'
import { ZERO_ADDRESS } from '../../src/core/address'
import { unreachable } from '../../src/core/errors'
import type { BurnEvent, EconomyEvent, EventBlock, TransferEvent } from '../../src/core/events'
import type { BatchRules } from '../../src/indexer/handle-batch'
import { EVENTS, rawLog } from '../chain/raw-log'
import { addressOf, POLICY, SEED, STAKING } from '../support/history'

/** What batches go by, and what their blocks were decoded by. */
export interface DecodingRules extends Omit<BatchRules, 'memory'> {
  readonly sources: EventSources
}

/** Rules for made-up histories, whose stakes are at `STAKING`. */
export const RULES: DecodingRules = {
  policy: POLICY,
  sources: {
    token: addressOf(0x70),
    staking: STAKING,
    stable: addressOf(0x72),
    pair: addressOf(0x73),
    wallets: new Set([...POLICY.treasury, ...POLICY.buyback]),
    stakingEvents: { stake: undefined, unstake: undefined },
    indexedTransfers: true,
  },
  historySeed: SEED,
}

/** Blocks as a node's would have been handed over: events become raw logs, and these are decoded. */
export function sourceBlocks(blocks: readonly EventBlock[], sources: EventSources): SourceBlock[] {
  return blocks.map(({ block, events }) => ({
    header: {
      height: block.number,
      hash: block.hash,
      parentHash: block.parentHash,
      timestamp: block.timestamp * 1_000,
    },
    events: events.flatMap((event) => decodeLog(logOf(event, sources), sources, block.number) ?? []),
  }))
}

function logOf(event: EconomyEvent, sources: EventSources): RawLog {
  const { token, staking, stable, pair = ZERO_ADDRESS } = sources
  const place = { logIndex: event.logIndex, transactionHash: event.transactionHash }
  switch (event.kind) {
    case 'transfer':
      return called(event, rawLog(token, EVENTS.transfer, [event.from, event.to, event.value], place))
    case 'burn':
      return called(event, rawLog(token, EVENTS.burn, [event.from, event.value], place))
    case 'stake':
    case 'unstake':
    case 'reward':
      return rawLog(staking, EVENTS[event.kind], [event.account, event.amount], place)
    case 'stableTransfer':
      return rawLog(stable, EVENTS.transfer, [event.from, event.to, event.value], place)
    case 'sync': {
      const reserves = [event.tokenReserve, event.stableReserve]
      return rawLog(pair, EVENTS.sync, token < stable ? reserves : reserves.reverse(), place)
    }
    case 'upgrade':
      return rawLog(sources[event.contract], EVENTS.upgrade, [event.implementation], place)
    default:
      return unreachable(event)
  }
}

/** A log with its transaction, where it is known who called. */
function called({ callers }: TransferEvent | BurnEvent, log: RawLog): RawLog {
  const [from, to] = callers ?? []
  return from === undefined ? log : { ...log, transaction: { from, to } }
}
