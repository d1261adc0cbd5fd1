import type { FloorEvent } from './fetch-events'

type Row = readonly (string | number | bigint)[]

/** What the tables hold besides the events. */
export interface Sums {
  readonly accounts: readonly Row[]
  readonly days: readonly Row[]
  readonly totals: Row
}

const ZERO = `0x${'0'.repeat(40)}`
const DAY = 86_400_000

/** Adds up all events in one pass, in memory. */
export function addUp(
  events: readonly FloorEvent[],
  wallets: { readonly treasury: ReadonlySet<string>; readonly internal: ReadonlySet<string> },
): Sums {
  const accounts = new Map<string, { balance: bigint; staked: bigint }>()
  const days = new Map<number, ReturnType<typeof emptyDay>>()
  const total = emptyDay()
  let revenue = 0n
  const account = (address: string) => {
    const known = accounts.get(address) ?? { balance: 0n, staked: 0n }
    accounts.set(address, known)
    return known
  }
  for (const [, time, , , kind, first, second, value] of events) {
    const number = Math.floor(Date.parse(time) / DAY)
    const day = days.get(number) ?? emptyDay()
    days.set(number, day)
    for (const sum of [day, total]) sum.events += 1
    switch (kind) {
      case 'transfer':
        if (first === ZERO) total.supply += value
        else account(first).balance -= value
        if (second === null || second === ZERO) total.supply -= value
        else account(second).balance += value
        for (const sum of [day, total]) {
          sum.transfers += 1
          sum.volume += value
        }
        break
      case 'burn':
        for (const sum of [day, total]) sum.burned += value
        break
      case 'stake':
      case 'unstake': {
        const change = kind === 'stake' ? value : -value
        account(first).staked += change
        for (const sum of [day, total]) sum.staked += change
        break
      }
      case 'reward':
        for (const sum of [day, total]) sum.rewards += value
        break
      case 'flow':
        if (wallets.treasury.has(first)) total.treasury -= value
        else if (!wallets.internal.has(first)) revenue += value
        if (second !== null && wallets.treasury.has(second)) total.treasury += value
        break
    }
    day.supply = total.supply
    day.treasury = total.treasury
  }
  return {
    accounts: [...accounts].map(([address, { balance, staked }]) => [address, balance, staked]),
    days: [...days].map(([number, day]) => [number, ...Object.values(day)]),
    totals: [...Object.values(total), revenue],
  }
}

/** In the order of the columns of both tables. */
function emptyDay() {
  return {
    events: 0,
    transfers: 0,
    volume: 0n,
    burned: 0n,
    staked: 0n,
    rewards: 0n,
    supply: 0n,
    treasury: 0n,
  }
}
