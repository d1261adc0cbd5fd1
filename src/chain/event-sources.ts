import type { EconomyFile } from '../config/economy-file'
import type { EventSources } from './decode-log'

/** The contracts whose logs are decoded. */
export function eventSources({ contracts, policy }: EconomyFile): EventSources {
  return {
    token: contracts.token.address,
    staking: contracts.staking.address,
    stable: contracts.stable.address,
    pair: contracts.pair?.address,
    wallets: new Set([...policy.treasury, ...policy.buyback]),
    stakingEvents: contracts.staking.events,
    indexedTransfers: contracts.token.indexedTransfers,
  }
}
