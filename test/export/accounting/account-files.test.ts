import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EconomyFile } from '../../../src/config/economy-file'
import { type Address, ZERO_ADDRESS } from '../../../src/core/address'
import { parseUnits } from '../../../src/core/units'
import { accountingFile } from '../../../src/export/accounting/accounting-file'
import { BUYBACK, blocksOf, DEAD, type Draft, HOLDERS, history, MARKET, STAKING } from '../../support/history'
import { ECONOMY, type FoldedSource, fileText, foldedSource } from './folded-source'

const [ALICE = '0x', BOB = '0x'] = HOLDERS
const move = (from: `0x${string}`, to: `0x${string}`, value: bigint, tx = 0): Draft => ({
  kind: 'transfer',
  from,
  to,
  value,
  tx,
})
const GENESIS = move(ZERO_ADDRESS, ALICE, 1000n * 10n ** 18n)

/** An economy that differs in how its staking works, and in the token's symbol. */
function economyWith(
  staking: Partial<EconomyFile['contracts']['staking']>,
  symbol = ECONOMY.contracts.token.symbol,
): EconomyFile {
  const { contracts } = ECONOMY
  return {
    ...ECONOMY,
    contracts: {
      ...contracts,
      token: { ...contracts.token, symbol },
      staking: { ...contracts.staking, ...staking },
    },
  }
}

type FileParameters = readonly [
  source: FoldedSource,
  asked?: { account?: Address; economy?: EconomyFile; fromBlock?: number },
]

async function fileOf(format: 'koinly' | 'rotki', ...[source, asked = {}]: FileParameters) {
  const { account = ALICE, economy = ECONOMY, fromBlock = 1 } = asked
  const file = await fileText(accountingFile(format, source, source.range(fromBlock), { economy, account }))
  expect(file.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const [, ...lines] = file.text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(file.rows)
  return { ...file, lines: lines.map((line) => line.split(',')) }
}

function units(text: string, decimals: number): bigint {
  const negative = text.startsWith('-')
  const amount = parseUnits(negative ? text.slice(1) : text, decimals)
  if (amount === undefined) throw new RangeError(`${text} is no amount`)
  return negative ? -amount : amount
}

/** What moved, by asset: base units that entered less those that left. */
async function netKoinly(...parameters: FileParameters) {
  const net = { ASHAO: 0n, USDC: 0n }
  for (const [, amount = '', currency = ''] of (await fileOf('koinly', ...parameters)).lines) {
    net[currency as keyof typeof net] += units(amount, currency === 'USDC' ? 6 : 18)
  }
  return net
}

const SIGNS: Readonly<Record<string, bigint>> = {
  Income: 1n,
  Withdrawal: 1n,
  Staking: 1n,
  Spend: -1n,
  Deposit: -1n,
  Loss: -1n,
}

async function netRotki(...parameters: FileParameters) {
  const net = { ASHAO: 0n, USDC: 0n }
  for (const [type = '', , asset, amount = ''] of (await fileOf('rotki', ...parameters)).lines) {
    const isToken = asset === 'eip155:31337/erc20:0x0000000000000000000000000000000000000070'
    const sign = SIGNS[type]
    if (sign === undefined) throw new RangeError(`${type} is no type of an event`)
    net[isToken ? 'ASHAO' : 'USDC'] += sign * units(amount, isToken ? 18 : 6)
  }
  return net
}

test('of any account, from any block on, movements add up to what changed', async () => {
  let lines = 0
  const accounts = fc.constantFrom(...HOLDERS, BUYBACK, MARKET, STAKING, DEAD)
  await fc.assert(
    fc.asyncProperty(history, accounts, fc.nat(5), async (blocks, account, offset) => {
      const source = foldedSource(blocks)
      const fromBlock = Math.min(1 + offset, source.range().toBlock)
      const isAfter = (row: { blockNumber: number }) => row.blockNumber >= fromBlock
      let [balance, opening, paid] = [0n, 0n, 0n]
      for (const row of source.ledger.transfers) {
        const { from, to, fromBalance, toBalance } = row
        if (from === account && fromBalance !== null) balance = fromBalance
        if (to === account && toBalance !== null) balance = toBalance
        if (!isAfter(row)) opening = balance
      }
      for (const row of source.ledger.rewards) {
        if (row.account === account && isAfter(row)) paid += row.amount
      }
      const expected = { ASHAO: balance - opening, USDC: paid }
      expect(await netKoinly(source, { account, fromBlock })).toEqual(expected)
      expect(await netRotki(source, { account, fromBlock })).toEqual(expected)
      lines += (await fileOf('koinly', source, { account, fromBlock })).lines.length
    }),
    { numRuns: 100 },
  )
  expect(lines).toBeGreaterThan(30)
})

describe('an account that stakes', () => {
  const whole = (count: bigint) => count * 10n ** 18n
  const blocks = blocksOf([
    [GENESIS, move(ALICE, BOB, 0n), move(ALICE, ALICE, 5n)],
    [move(ALICE, BOB, whole(1n)), move(BOB, ALICE, 10n ** 17n, 1)],
    [move(ALICE, STAKING, whole(100n)), { kind: 'stake', account: ALICE, amount: whole(100n) }],
    [move(ALICE, STAKING, whole(7n))],
    [{ kind: 'reward', account: ALICE, amount: 2_500_000n }],
    [{ kind: 'unstake', account: ALICE, amount: whole(40n) }, move(STAKING, ALICE, whole(40n))],
    [move(ALICE, ZERO_ADDRESS, whole(3n)), move(ALICE, DEAD, whole(2n), 1)],
  ])
  const source = foldedSource(blocks)

  test('gives Koinly these bytes', async () => {
    await expect((await fileOf('koinly', source)).text).toMatchFileSnapshot('golden/koinly.csv')
  })

  test('gives rotki these bytes', async () => {
    await expect((await fileOf('rotki', source)).text).toMatchFileSnapshot('golden/rotki.csv')
  })

  test('keeps its tokens in its wallet, where the contract takes none', async () => {
    const economy = economyWith({ custody: false })
    const kept = blocksOf([
      [GENESIS],
      [{ kind: 'stake', account: ALICE, amount: 5n }],
      [{ kind: 'unstake', account: ALICE, amount: 5n }],
      [move(ALICE, STAKING, 4n)],
    ])
    const { lines } = await fileOf('koinly', foldedSource(kept, economy), { economy })
    expect(lines.map(([, amount, , label]) => [amount, label])).toEqual([
      ['1000', ''],
      ['-0.000000000000000004', ''],
    ])
  })
})

describe('a reward in the token', () => {
  const economy = economyWith({ rewardToken: 'token' })
  const amounts = async (...drafts: Draft[]) => {
    const supply = move(ZERO_ADDRESS, STAKING, 1000n)
    const first = [move(ALICE, STAKING, 60n), { kind: 'stake', account: ALICE, amount: 60n } as const]
    const source = foldedSource(blocksOf([[GENESIS, supply], first, drafts]), economy)
    const { lines } = await fileOf('koinly', source, { economy, fromBlock: 3 })
    return lines.map(([, amount, , label]) => `${units(amount ?? '', 18)} ${label}`)
  }
  const reward = (amount: bigint): Draft => ({ kind: 'reward', account: ALICE, amount })

  test('is the transfer that brings it, once', async () => {
    expect(await amounts(move(STAKING, ALICE, 9n), reward(9n))).toEqual(['9 Reward'])
  })

  test('may come together with what was staked, apart or in one transfer', async () => {
    const unstake: Draft = { kind: 'unstake', account: ALICE, amount: 60n }
    expect(await amounts(unstake, move(STAKING, ALICE, 60n), move(STAKING, ALICE, 9n), reward(9n))).toEqual([
      '60 Remove from Pool',
      '9 Reward',
    ])
    expect(await amounts(unstake, reward(9n), move(STAKING, ALICE, 69n))).toEqual([
      '60 Remove from Pool',
      '9 Reward',
    ])
  })

  test('that is staked again at once is both', async () => {
    expect(await amounts(reward(9n), { kind: 'stake', account: ALICE, amount: 9n })).toEqual([
      '9 Reward',
      '-9 Add to Pool',
    ])
  })

  test('is no more than it: the rest was sent', async () => {
    expect(await amounts(move(STAKING, ALICE, 12n), reward(9n))).toEqual(['12 '])
  })
})

test('a symbol that a spreadsheet would compute, or that has commas, stays a text', async () => {
  const source = foldedSource(blocksOf([[GENESIS]]))
  const text = async (symbol: string) => {
    const economy = economyWith({}, symbol)
    const options = { economy, account: ALICE }
    return (await fileText(accountingFile('koinly', source, source.range(), options))).text
  }
  expect(await text('=1+1')).toContain(",1000,'=1+1,")
  expect(await text('@SUM(A1)')).toContain(",1000,'@SUM(A1),")
  expect(await text('A "B", C')).toContain(',1000,"A ""B"", C",')
})

test.each(['koinly', 'rotki'] as const)('a file for %s has to be about an account', (format) => {
  const source = foldedSource(blocksOf([[GENESIS]]))
  expect(() => accountingFile(format, source, source.range(), { economy: ECONOMY })).toThrow(
    expect.objectContaining({ code: 'E7070' }),
  )
})
