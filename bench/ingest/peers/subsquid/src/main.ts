import { TypeormDatabase } from '@subsquid/typeorm-store'
import { In } from 'typeorm'
import { events } from './abi/economy'
import { Account, Burn, Daily, Flow, Reward, StakeChange, Totals, Transfer } from './model'
import { INTERNAL, processor, STABLE, STAKING, TOKEN, TREASURY } from './processor'

const ZERO = `0x${'0'.repeat(40)}`

processor.run(new TypeormDatabase({ supportHotBlocks: true }), async ({ store, blocks }) => {
  const transfers: Transfer[] = []
  const burns: Burn[] = []
  const stakes: StakeChange[] = []
  const rewards: Reward[] = []
  const flows: Flow[] = []
  for (const { header, logs } of blocks) {
    for (const log of logs) {
      const place = {
        id: log.id,
        blockNumber: header.height,
        timestamp: new Date(header.timestamp),
        logIndex: log.logIndex,
        transaction: log.transactionHash,
      }
      const topic = log.topics[0]
      if (log.address === TOKEN && topic === events.Transfer.topic) {
        transfers.push(new Transfer({ ...place, ...events.Transfer.decode(log) }))
      } else if (log.address === TOKEN && topic === events.Burn.topic) {
        const { from, value } = events.Burn.decode(log)
        burns.push(new Burn({ ...place, account: from, value }))
      } else if (log.address === STAKING && topic === events.Stake.topic) {
        const { account, amount } = events.Stake.decode(log)
        stakes.push(new StakeChange({ ...place, kind: 'stake', account, value: amount }))
      } else if (log.address === STAKING && topic === events.Unstake.topic) {
        const { account, amount } = events.Unstake.decode(log)
        stakes.push(new StakeChange({ ...place, kind: 'unstake', account, value: amount }))
      } else if (log.address === STAKING && topic === events.RewardPaid.topic) {
        const { account, amount } = events.RewardPaid.decode(log)
        rewards.push(new Reward({ ...place, account, value: amount }))
      } else if (log.address === STABLE && topic === events.Transfer.topic) {
        const flow = events.Transfer.decode(log)
        if (TREASURY.includes(flow.from) || TREASURY.includes(flow.to))
          flows.push(new Flow({ ...place, ...flow }))
      }
    }
  }
  const rows = [...transfers, ...burns, ...stakes, ...rewards, ...flows]
  if (rows.length === 0) return

  const named = [...transfers.flatMap(({ from, to }) => [from, to]), ...stakes.map(({ account }) => account)]
  const accountIds = [...new Set(named)].filter((id) => id !== ZERO)
  const dayIds = [...new Set(rows.map(({ timestamp }) => dayOf(timestamp)))]
  const accounts = byId(await store.findBy(Account, { id: In(accountIds) }))
  const days = byId(await store.findBy(Daily, { id: In(dayIds) }))
  const totals =
    (await store.get(Totals, '1')) ??
    new Totals({ id: '1', events: 0, transfers: 0, ...NOTHING, supply: 0n, treasury: 0n, revenue: 0n })

  const account = (id: string): Account => {
    const known = accounts.get(id) ?? new Account({ id, balance: 0n, staked: 0n })
    accounts.set(id, known)
    return known
  }
  /** The day of a row, with what is true as it ends carried on from before. */
  const day = (timestamp: Date): Daily => {
    const id = dayOf(timestamp)
    const { supply, treasury } = totals
    const known = days.get(id) ?? new Daily({ id, events: 0, transfers: 0, ...NOTHING, supply, treasury })
    days.set(id, known)
    return known
  }
  rows.sort((one, other) => one.blockNumber - other.blockNumber || one.logIndex - other.logIndex)
  for (const row of rows) {
    const today = day(row.timestamp)
    today.events += 1
    totals.events += 1
    if (row instanceof Transfer) {
      if (row.from === ZERO) totals.supply += row.value
      else account(row.from).balance -= row.value
      if (row.to === ZERO) totals.supply -= row.value
      else account(row.to).balance += row.value
      totals.transfers += 1
      totals.volume += row.value
      today.transfers += 1
      today.volume += row.value
    } else if (row instanceof Burn) {
      totals.burned += row.value
      today.burned += row.value
    } else if (row instanceof StakeChange) {
      const change = row.kind === 'stake' ? row.value : -row.value
      account(row.account).staked += change
      totals.staked += change
      today.staked += change
    } else if (row instanceof Reward) {
      totals.rewards += row.value
      today.rewards += row.value
    } else {
      if (TREASURY.includes(row.from)) totals.treasury -= row.value
      else if (!INTERNAL.includes(row.from)) totals.revenue += row.value
      if (TREASURY.includes(row.to)) totals.treasury += row.value
    }
    today.supply = totals.supply
    today.treasury = totals.treasury
  }

  await store.upsert([...accounts.values()])
  await store.upsert([...days.values()])
  await store.upsert(totals)
  await store.insert(transfers)
  await store.insert(burns)
  await store.insert(stakes)
  await store.insert(rewards)
  await store.insert(flows)
})

const NOTHING = { volume: 0n, burned: 0n, staked: 0n, rewards: 0n }

function dayOf(time: Date): string {
  return String(Math.floor(time.getTime() / 86_400_000))
}

function byId<Row extends { id: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
