import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { events } from './abi/economy'

const variable = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value.toLowerCase()
}
const inTopic = (address: string): string => `0x${address.slice(2).padStart(64, '0')}`

export const TOKEN = variable('TOKEN')
export const STAKING = variable('STAKING')
export const STABLE = variable('STABLE')
export const TREASURY = variable('TREASURY').split(',')
export const INTERNAL = variable('INTERNAL').split(',')

export const processor = new EvmBatchProcessor()
  .setRpcEndpoint(variable('RPC_URL'))
  .setFinalityConfirmation(64)
  .setBlockRange({ from: 0 })
  .setFields({ log: { transactionHash: true } })
  .addLog({ address: [TOKEN], topic0: [events.Transfer.topic, events.Burn.topic] })
  .addLog({
    address: [STAKING],
    topic0: [events.Stake.topic, events.Unstake.topic, events.RewardPaid.topic],
  })
  .addLog({ address: [STABLE], topic0: [events.Transfer.topic], topic1: TREASURY.map(inTopic) })
  .addLog({ address: [STABLE], topic0: [events.Transfer.topic], topic2: TREASURY.map(inTopic) })
