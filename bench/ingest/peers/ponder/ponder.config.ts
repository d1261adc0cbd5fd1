import { createConfig } from 'ponder'
import { stakingAbi, tokenAbi } from './abis/economy'
import { addresses, treasury, url } from './settings'

/** Ponder rations each endpoint that is named: so often, the ration is no limit. */
const NAMED = 100

const stable = { chain: 'simulated', abi: tokenAbi, address: addresses.stable, startBlock: 1 } as const

export default createConfig({
  database: { kind: 'postgres', connectionString: process.env.DATABASE_URL ?? '' },
  chains: { simulated: { id: Number(process.env.CHAIN_ID), rpc: new Array<string>(NAMED).fill(url) } },
  contracts: {
    Token: { chain: 'simulated', abi: tokenAbi, address: addresses.token, startBlock: 1 },
    Staking: { chain: 'simulated', abi: stakingAbi, address: addresses.staking, startBlock: 1 },
    // Of two filters for one event, Ponder would follow only one.
    StableIn: { ...stable, filter: { event: 'Transfer', args: { to: treasury } } },
    StableOut: { ...stable, filter: { event: 'Transfer', args: { from: treasury } } },
  },
})
