import { type Context, ponder } from 'ponder:registry'
import { account, action, daily, flow, totals, transfer } from 'ponder:schema'
import { zeroAddress } from 'viem'
import { internal, treasury } from '../settings'

type Database = Context['db']
type Address = `0x${string}`

interface Event {
  readonly id: string
  readonly block: { readonly number: bigint; readonly timestamp: bigint }
  readonly transaction: { readonly hash: Address }
  readonly log: { readonly logIndex: number }
}

const NOTHING = {
  transfers: 0,
  volume: 0n,
  supply: 0n,
  burned: 0n,
  staked: 0n,
  rewards: 0n,
  treasury: 0n,
  revenue: 0n,
}

const place = ({ id, block, transaction, log }: Event) => ({
  id,
  blockNumber: Number(block.number),
  timestamp: Number(block.timestamp),
  logIndex: log.logIndex,
  transaction: transaction.hash,
})

/** Adds an event to the sums of all time and of its day. */
async function count(db: Database, event: Event, given: Partial<typeof NOTHING>): Promise<void> {
  const change = { ...NOTHING, ...given }
  const { revenue, ...today } = change
  const total = await db
    .insert(totals)
    .values({ id: '1', events: 1, ...change })
    .onConflictDoUpdate((row) => ({
      events: row.events + 1,
      transfers: row.transfers + change.transfers,
      volume: row.volume + change.volume,
      supply: row.supply + change.supply,
      burned: row.burned + change.burned,
      staked: row.staked + change.staked,
      rewards: row.rewards + change.rewards,
      treasury: row.treasury + change.treasury,
      revenue: row.revenue + revenue,
    }))
  const closing = { supply: total.supply, treasury: total.treasury }
  await db
    .insert(daily)
    .values({ day: Math.floor(Number(event.block.timestamp) / 86_400), events: 1, ...today, ...closing })
    .onConflictDoUpdate((row) => ({
      events: row.events + 1,
      transfers: row.transfers + change.transfers,
      volume: row.volume + change.volume,
      burned: row.burned + change.burned,
      staked: row.staked + change.staked,
      rewards: row.rewards + change.rewards,
      ...closing,
    }))
}

async function changeAccount(db: Database, address: Address, balance: bigint, staked: bigint): Promise<void> {
  await db
    .insert(account)
    .values({ address, balance, staked })
    .onConflictDoUpdate((row) => ({ balance: row.balance + balance, staked: row.staked + staked }))
}

ponder.on('Token:Transfer', async ({ event, context: { db } }) => {
  const { from, to, value } = event.args
  await db.insert(transfer).values({ ...place(event), from, to, value })
  if (from !== zeroAddress) await changeAccount(db, from, -value, 0n)
  if (to !== zeroAddress) await changeAccount(db, to, value, 0n)
  const supply = (from === zeroAddress ? value : 0n) - (to === zeroAddress ? value : 0n)
  await count(db, event, { transfers: 1, volume: value, supply })
})

ponder.on('Token:Burn', async ({ event, context: { db } }) => {
  const { from, value } = event.args
  await db.insert(action).values({ ...place(event), kind: 'burn', account: from, value })
  await count(db, event, { burned: value })
})

ponder.on('Staking:Stake', async ({ event, context: { db } }) => {
  const { account: address, amount } = event.args
  await db.insert(action).values({ ...place(event), kind: 'stake', account: address, value: amount })
  await changeAccount(db, address, 0n, amount)
  await count(db, event, { staked: amount })
})

ponder.on('Staking:Unstake', async ({ event, context: { db } }) => {
  const { account: address, amount } = event.args
  await db.insert(action).values({ ...place(event), kind: 'unstake', account: address, value: amount })
  await changeAccount(db, address, 0n, -amount)
  await count(db, event, { staked: -amount })
})

ponder.on('Staking:RewardPaid', async ({ event, context: { db } }) => {
  const { account: address, amount } = event.args
  await db.insert(action).values({ ...place(event), kind: 'reward', account: address, value: amount })
  await count(db, event, { rewards: amount })
})

ponder.on('StableIn:Transfer', async ({ event, context: { db } }) => {
  const { from, to, value } = event.args
  // Between two treasury wallets: StableOut has it, too.
  if (treasury.includes(lower(from))) return
  await db.insert(flow).values({ ...place(event), from, to, value })
  const isRevenue = !internal.includes(lower(from))
  await count(db, event, { treasury: value, revenue: isRevenue ? value : 0n })
})

ponder.on('StableOut:Transfer', async ({ event, context: { db } }) => {
  const { from, to, value } = event.args
  await db.insert(flow).values({ ...place(event), from, to, value })
  await count(db, event, { treasury: treasury.includes(lower(to)) ? 0n : -value })
})

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}
