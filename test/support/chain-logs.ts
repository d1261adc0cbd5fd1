import { type Hex, hexToBigInt, numberToHex, type PublicClient, toEventSelector } from 'viem'
import type { EconomyWallets } from './economy-wallets'

/** An amount that moved, with everyone it concerns in lower case. */
export interface Moved {
  readonly block: number
  readonly transaction: Hex
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** A mint or a burn, with its purpose as the law of the domain has it. */
export interface Made extends Moved {
  readonly isBridged: boolean
}

/** What was paid for so many tokens: in an executed buyback, or as what the pair held. */
export interface Quote {
  readonly block: number
  readonly stable: bigint
  readonly token: bigint
}

/** Every log that a figure is made of, as of one block of the chain. */
export interface ChainLogs {
  readonly number: number
  readonly hash: Hex
  readonly transfers: readonly Moved[]
  /** Everything that was made or destroyed of the token; nothing is neither. */
  readonly mints: readonly Made[]
  readonly burns: readonly Made[]
  /** Transfers of the stable asset with a treasury wallet on exactly one side. */
  readonly inflows: readonly Moved[]
  readonly outflows: readonly Moved[]
  readonly stakes: readonly Moved[]
  readonly unstakes: readonly Moved[]
  readonly rewards: readonly Moved[]
  /** `Bought` events of the buyback wallets, which are contracts of the local economy. */
  readonly buybacks: readonly Quote[]
  readonly reserves: readonly Quote[]
}

const TOPIC = {
  transfer: toEventSelector('Transfer(address,address,uint256)'),
  burn: toEventSelector('Burn(address,uint256)'),
  stakes: ['Stake', 'Staked'].map((name) => toEventSelector(`${name}(address,uint256)`)),
  unstakes: ['Unstake', 'Unstaked', 'Withdrawn'].map((name) => toEventSelector(`${name}(address,uint256)`)),
  reward: toEventSelector('RewardPaid(address,uint256)'),
  bought: toEventSelector('Bought(uint256,uint256)'),
  sync: toEventSelector('Sync(uint112,uint112)'),
}
const NOBODY = `0x${'0'.repeat(40)}`

interface RawLog {
  readonly address: Hex
  readonly blockNumber: Hex
  readonly transactionHash: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** Reads logs from the node without a line of the program under test. */
export function readChainLogs(client: PublicClient, { contracts, lists }: EconomyWallets) {
  const { token, staking, stable, pair } = contracts
  const callers = new Map<Hex, readonly string[]>()

  const logsOf = (
    address: Hex | readonly Hex[],
    topics: readonly (Hex | readonly Hex[] | null)[],
    toBlock: bigint,
  ): Promise<RawLog[]> =>
    client.request<{ Method: 'eth_getLogs'; Parameters: readonly unknown[]; ReturnType: RawLog[] }>({
      method: 'eth_getLogs',
      params: [{ address, topics, fromBlock: '0x0', toBlock: numberToHex(toBlock) }],
    })
  /** Who sent a transaction, and whom it called. */
  const callersOf = async (transaction: Hex): Promise<readonly string[]> => {
    const known = callers.get(transaction)
    if (known !== undefined) return known
    const { from, to } = await client.getTransaction({ hash: transaction })
    const found = [from, to ?? NOBODY].map((address) => address.toLowerCase())
    callers.set(transaction, found)
    return found
  }
  const withBridges = (moved: readonly Moved[], own: 'from' | 'to'): Promise<Made[]> =>
    Promise.all(
      moved.map(async (each) => {
        const involved = lists.bridges.size === 0 ? [] : [each[own], ...(await callersOf(each.transaction))]
        return { ...each, isBridged: involved.some((account) => lists.bridges.has(account)) }
      }),
    )
  const isTokenFirst = async (): Promise<boolean> => {
    if (pair === undefined) return true
    const data = toEventSelector('token0()').slice(0, 10) as Hex
    const { data: first } = await client.call({ to: pair.address, data })
    return addressIn(hexToBigInt(first ?? '0x0')) === token.address.toLowerCase()
  }

  const transfersOfTreasury = async (toBlock: bigint): Promise<RawLog[]> => {
    // Where nothing is indexed, no topic says whom a transfer concerns.
    if (stable.indexedTransfers === false) return logsOf(stable.address, [TOPIC.transfer], toBlock)
    const own = [...lists.treasury].map((address) => `0x${address.slice(2).padStart(64, '0')}` as Hex)
    const leaving = await logsOf(stable.address, [TOPIC.transfer, own], toBlock)
    const entering = await logsOf(stable.address, [TOPIC.transfer, null, own], toBlock)
    return [...leaving, ...entering]
  }

  return async (): Promise<ChainLogs> => {
    const { number, hash } = await client.getBlock()
    const [ofToken, ofStable, ofStaking, bought, synced, tokenFirst] = await Promise.all([
      logsOf(token.address, [[TOPIC.transfer, TOPIC.burn]], number),
      transfersOfTreasury(number),
      logsOf(staking.address, [[...TOPIC.stakes, ...TOPIC.unstakes, TOPIC.reward]], number),
      lists.buyback.size === 0 ? [] : logsOf([...lists.buyback] as Hex[], [TOPIC.bought], number),
      pair === undefined ? [] : logsOf(pair.address, [TOPIC.sync], number),
      isTokenFirst(),
    ])
    const paid = ofStable.map(transferIn)
    const transfers = ofToken.filter(has(TOPIC.transfer)).map(transferIn)
    const some = transfers.filter(({ amount }) => amount > 0n)
    const destroying = some.filter(({ to }) => to === NOBODY)
    const buried = some.filter(({ to }) => lists.dead.has(to))
    const stated = ofToken.filter(has(TOPIC.burn)).map(accountIn)
    // A token that destroys without a Transfer says so by Burn events alone; one that buries destroys nothing.
    const alone = stated.filter(
      (burn) => burn.amount > 0n && !buried.some(({ transaction }) => transaction === burn.transaction),
    )
    const burns = destroying.length > 0 ? destroying : alone
    const [mints, destroyed] = await Promise.all([
      withBridges(
        some.filter(({ from }) => from === NOBODY),
        'to',
      ),
      withBridges(burns, 'from'),
    ])
    const quote = (log: RawLog, stableFirst: boolean): Quote => {
      const [first = 0n, second = 0n] = wordsOf(log)
      const [stableAmount, tokenAmount] = stableFirst ? [first, second] : [second, first]
      return { block: Number(log.blockNumber), stable: stableAmount, token: tokenAmount }
    }
    const staked = (...topics: readonly Hex[]): Moved[] => ofStaking.filter(has(...topics)).map(accountIn)
    return {
      number: Number(number),
      hash,
      transfers,
      mints,
      burns: destroyed,
      inflows: paid.filter(({ from, to }) => lists.treasury.has(to) && !lists.treasury.has(from)),
      outflows: paid.filter(({ from, to }) => lists.treasury.has(from) && !lists.treasury.has(to)),
      stakes: staked(...TOPIC.stakes),
      unstakes: staked(...TOPIC.unstakes),
      rewards: staked(TOPIC.reward),
      buybacks: bought.map((log) => quote(log, true)),
      reserves: synced.map((log) => quote(log, !tokenFirst)),
    }
  }
}

const has =
  (...topics: readonly Hex[]) =>
  (log: RawLog): boolean =>
    topics.some((topic) => topic === log.topics[0])

/** The parameters of an event in a row, indexed or not: the indexed ones come first in all that are read here. */
function wordsOf({ topics, data }: RawLog): bigint[] {
  const inData = data.slice(2).match(/.{64}/g) ?? []
  return [...topics.slice(1), ...inData.map((word) => `0x${word}` as const)].map((word) => hexToBigInt(word))
}

function addressIn(word: bigint): string {
  return `0x${word.toString(16).padStart(40, '0')}`
}

function transferIn(log: RawLog): Moved {
  const [from = 0n, to = 0n, amount = 0n] = wordsOf(log)
  return { ...placeOf(log), from: addressIn(from), to: addressIn(to), amount }
}

function accountIn(log: RawLog): Moved {
  const [account = 0n, amount = 0n] = wordsOf(log)
  return { ...placeOf(log), from: addressIn(account), to: addressIn(account), amount }
}

function placeOf({ blockNumber, transactionHash }: RawLog): Pick<Moved, 'block' | 'transaction'> {
  return { block: Number(blockNumber), transaction: transactionHash }
}
