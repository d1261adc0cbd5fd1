import { registerEnumType } from 'type-graphql'

export const OrderDirection = { asc: 'asc', desc: 'desc' } as const
export const BurnPurpose = { BUYBACK: 'BUYBACK', BRIDGE: 'BRIDGE', OTHER: 'OTHER' } as const
export const BurnEvidence = {
  TRANSFER: 'TRANSFER',
  TRANSFER_AND_BURN: 'TRANSFER_AND_BURN',
  BURN: 'BURN',
} as const
export const StakeAction = { STAKE: 'STAKE', UNSTAKE: 'UNSTAKE' } as const
export const FlowDirection = { IN: 'IN', OUT: 'OUT', WITHIN: 'WITHIN' } as const
export const FlowPurpose = {
  REVENUE: 'REVENUE',
  INTERNAL: 'INTERNAL',
  BUYBACK: 'BUYBACK',
  REWARDS: 'REWARDS',
  OTHER: 'OTHER',
} as const
export const CoverageSource = { RPC: 'RPC', GATEWAY: 'GATEWAY' } as const
export const Verification = {
  NONE: 'NONE',
  BLOOM: 'BLOOM',
  RECEIPTS: 'RECEIPTS',
  QUORUM: 'QUORUM',
} as const

registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'In which order rows come.',
  valuesConfig: {
    asc: { description: 'In chain order, oldest first.' },
    desc: { description: 'Newest first.' },
  },
})

registerEnumType(BurnPurpose, {
  name: 'BurnPurpose',
  description: 'Why tokens were destroyed.',
  valuesConfig: {
    BUYBACK: { description: 'The burner is a configured buyback address.' },
    BRIDGE: { description: 'The burner is a configured bridge: not part of cumulativeBurn.' },
    OTHER: { description: 'Anyone else.' },
  },
})

registerEnumType(BurnEvidence, {
  name: 'BurnEvidence',
  description: 'Which events stated a burn.',
  valuesConfig: {
    TRANSFER: { description: 'A Transfer to the zero address alone.' },
    TRANSFER_AND_BURN: {
      description: 'A Transfer to the zero address and the Burn event that belongs to it.',
    },
    BURN: { description: 'A Burn event alone: the token destroys without a Transfer.' },
  },
})

registerEnumType(StakeAction, {
  name: 'StakeAction',
  description: 'What happened to a stake.',
  valuesConfig: { STAKE: { description: 'It grew.' }, UNSTAKE: { description: 'It shrank.' } },
})

registerEnumType(FlowDirection, {
  name: 'FlowDirection',
  description: 'Which way a treasury flow went.',
  valuesConfig: {
    IN: { description: 'Into the treasury.' },
    OUT: { description: 'Out of the treasury.' },
    WITHIN: { description: 'Between two treasury wallets: changes no figure.' },
  },
})

registerEnumType(FlowPurpose, {
  name: 'FlowPurpose',
  description: 'Why a treasury flow happened.',
  valuesConfig: {
    REVENUE: { description: 'Inflow that the network earned.' },
    INTERNAL: { description: 'Inflow from a configured internal wallet, or between treasury wallets.' },
    BUYBACK: { description: 'Outflow to a configured buyback address.' },
    REWARDS: { description: 'Outflow to the staking contract or a configured distributor.' },
    OTHER: { description: 'Any other outflow.' },
  },
})

registerEnumType(CoverageSource, {
  name: 'CoverageSource',
  description: 'Where blocks were read.',
  valuesConfig: {
    RPC: { description: 'From nodes, over JSON-RPC.' },
    GATEWAY: { description: 'From the SQD Network’s archive.' },
  },
})

registerEnumType(Verification, {
  name: 'Verification',
  description: 'What was to be checked of blocks, beyond what decoding and folding check anyway.',
  valuesConfig: {
    NONE: { description: 'Nothing.' },
    BLOOM: {
      description: 'Every block’s logs bloom, against the logs that were returned and those that were not.',
    },
    RECEIPTS: {
      description: 'Of every block with events, the receipts root and the hash, computed anew.',
    },
    QUORUM: { description: 'A sampled share of the ranges, asked from a second node and compared.' },
  },
})
