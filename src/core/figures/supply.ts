import type { FigureGroup } from './figure'
import type { Moment } from './moment'

const TRANSFERS = 'Transfer (and Burn) events of the token'
const BURNS = 'Transfer events of the token to the zero address; Burn events that no Transfer belongs to'
const BALANCES = 'Transfer (and Burn) events of the token; wallets of economy.yaml'
const token = { unit: 'token', dependsOn: ['token'] } as const

/** What exists of the token, what circulates, and what was destroyed. */
export const SUPPLY = {
  totalSupply: {
    ...token,
    definition: 'minted − destroyed: the net supply. Equals the contract’s totalSupply() at the same block.',
    source: TRANSFERS,
    column: 'totalSupply',
    value: ({ economy }) => economy.totalSupply,
  },
  outstandingSupply: {
    ...token,
    definition: 'totalSupply − deadBurn: what CoinGecko and CoinMarketCap call total supply.',
    source: BALANCES,
    column: 'outstandingSupply',
    value: ({ economy }) => economy.outstandingSupply,
  },
  circulatingSupply: {
    ...token,
    definition:
      'totalSupply − excludedBalance. Staked tokens that their owner can withdraw circulate, so they are not taken off.',
    source: BALANCES,
    column: 'circulatingSupply',
    value: ({ economy }) => economy.circulatingSupply,
  },
  liquidFloat: {
    ...token,
    dependsOn: ['token', 'staking'],
    needsWholeHistory: true,
    definition:
      'circulatingSupply − (staked − excludedStake): what circulates and is not staked. What is excluded and staked is taken off once.',
    source: 'Transfer (and Burn) events of the token; Stake and Unstake events; wallets of economy.yaml',
    column: 'liquidFloat',
    value: ({ economy }) => economy.liquidFloat,
  },
  maxSupply: {
    unit: 'token',
    dependsOn: [],
    definition: 'The fixed cap on the supply.',
    source: 'policy.maxSupply of economy.yaml',
    value: ({ policy }) => policy.maxSupply,
  },
  minted: {
    ...token,
    definition: 'Σ Transfer from the zero address: the gross supply, whatever was destroyed of it since.',
    source: 'Transfer events of the token from the zero address',
    column: 'minted',
    value: ({ economy }) => economy.minted,
  },
  genesisBlock: {
    unit: 'block',
    dependsOn: ['token'],
    needsWholeHistory: true,
    definition: 'Block of the first mint. Mints in it are the genesis supply.',
    source: 'Transfer events of the token from the zero address',
    column: 'genesisBlock',
    value: ({ economy }) => economy.genesisBlock ?? { unknown: 'NO_MINT' },
  },
  mintedAfterGenesis: {
    unit: 'token',
    dependsOn: [],
    definition:
      'Part of minted that came after the genesis block and that no configured bridge brought back. Anything but 0 breaks the invariant supplyNeverGrows.',
    source: 'Transfer events of the token from the zero address',
    column: 'mintedAfterGenesis',
    value: ({ economy }) => economy.mintedAfterGenesis,
  },
  mintedByBridge: {
    ...token,
    definition:
      'Part of minted that a configured bridge brought back after genesis: it received the tokens, or sent or was called by the transaction.',
    source: 'Transfer events of the token from the zero address, and their transactions; wallets.bridges',
    column: 'mintedByBridge',
    value: ({ economy }) => economy.mintedByBridge,
  },
  destroyed: {
    ...token,
    definition: 'Everything destroyed, each burn counted once, bridge burns included: the gross burn.',
    source: BURNS,
    column: 'destroyed',
    value: ({ economy }) => economy.destroyed,
  },
  netBurn: {
    ...token,
    definition:
      'destroyed − mintedAfterGenesis − mintedByBridge: by how much the supply is smaller than at genesis. Differs from destroyed where tokens were minted again (flash mints, reissues, bridges).',
    source: TRANSFERS,
    value: ({ economy }) => economy.destroyed - economy.mintedAfterGenesis - economy.mintedByBridge,
  },
  cumulativeBurn: {
    ...token,
    definition: 'destroyed − burnedByBridge: gone for good, without what sits at dead addresses (deadBurn).',
    source: BURNS,
    column: 'cumulativeBurn',
    value: ({ economy }) => economy.cumulativeBurn,
  },
  burnedByBuyback: {
    ...token,
    definition: 'Part of cumulativeBurn whose burner is a configured buyback address.',
    source: `${BURNS}; wallets.buyback`,
    column: 'burnedByBuyback',
    value: ({ economy }) => economy.burnedByBuyback,
  },
  burnedByBridge: {
    ...token,
    definition:
      'Destroyed by a configured bridge, as burner or as caller of the transaction: the tokens come back elsewhere. Not in cumulativeBurn.',
    source: `${BURNS}, and their transactions; wallets.bridges`,
    column: 'burnedByBridge',
    value: ({ economy }) => economy.burnedByBridge,
  },
  burnedByOther: {
    ...token,
    definition: 'Part of cumulativeBurn that anyone else destroyed.',
    source: BURNS,
    column: 'burnedByOther',
    value: ({ economy }) => economy.burnedByOther,
  },
  deadBurn: {
    ...token,
    definition: 'Σ balances of the dead addresses: nobody can move them, but totalSupply still counts them.',
    source: `${TRANSFERS}; wallets.dead`,
    column: 'deadBurn',
    value: ({ economy }) => economy.deadBurn,
  },
  excludedBalance: {
    ...token,
    definition:
      'Σ balances of the wallets that do not circulate at this block: the treasury’s, the dead ones, and those of the versioned exclusion list.',
    source: BALANCES,
    column: 'excludedBalance',
    value: ({ economy }) => economy.excludedBalance,
  },
  holders: {
    unit: 'count',
    dependsOn: ['token'],
    needsWholeHistory: true,
    definition: 'Accounts with a balance above 0.',
    source: TRANSFERS,
    column: 'holders',
    value: ({ economy }) => economy.holders,
  },
  burnMode: {
    unit: 'text',
    dependsOn: [],
    definition:
      'How the token destroys, found out from its burns: TRANSFER (to the zero address, with or without a Burn event), BURN_EVENT (a Burn event alone), or UNKNOWN before the first burn. Both ways in one token stop the indexer (E2002).',
    source: BURNS,
    column: 'burnMode',
    value: ({ economy }) => economy.burnMode,
  },
} as const satisfies FigureGroup<Moment>
