import { type AbiEvent, encodeAbiParameters, encodeEventTopics, type Hex, parseAbiItem } from 'viem'
import type { RawLog } from '../../src/chain/decode-log'
import { hashOf } from '../support/history'

/** The events as the contracts declare them: written from the standards, not from the indexer's ABI. */
export const EVENTS = {
  transfer: parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)'),
  burn: parseAbiItem('event Burn(address indexed from, uint256 value)'),
  stake: parseAbiItem('event Stake(address indexed account, uint256 amount)'),
  unstake: parseAbiItem('event Unstake(address indexed account, uint256 amount)'),
  reward: parseAbiItem('event RewardPaid(address indexed account, uint256 reward)'),
  staked: parseAbiItem('event Staked(address indexed account, uint256 amount)'),
  unstaked: parseAbiItem('event Unstaked(address indexed account, uint256 amount)'),
  withdrawn: parseAbiItem('event Withdrawn(address indexed account, uint256 amount)'),
  upgrade: parseAbiItem('event Upgraded(address indexed implementation)'),
  sync: parseAbiItem('event Sync(uint112 reserve0, uint112 reserve1)'),
} as const

/** Encodes a log as a node hands it over; `args` are in the order of the declaration. */
export function rawLog(
  address: string,
  event: AbiEvent,
  args: readonly unknown[],
  place: Pick<RawLog, 'logIndex' | 'transactionHash'> = { logIndex: 0, transactionHash: hashOf('tx') },
): RawLog {
  const entries = event.inputs.map((input, index) => ({ input, value: args[index] }))
  const indexed = entries.filter(({ input }) => input.indexed).map(({ value }) => value)
  const plain = entries.filter(({ input }) => !input.indexed)
  const topics = encodeEventTopics({ abi: [event], eventName: event.name, args: indexed }) as Hex[]
  const data = encodeAbiParameters(
    plain.map(({ input }) => input),
    plain.map(({ value }) => value),
  )
  return { address, topics, data, ...place }
}
