import { describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { BurnModeMixed, HistoryIncomplete } from '../../src/core/history-errors'
import { addressOf, BUYBACK, blocksOf, DEAD, GRANT, GRANT_BLOCK, POLICY, STAKING } from '../support/history'
import { foldAll, foldOf } from './folding'

const ALICE = addressOf(1)
const BOB = addressOf(2)
const mint = { kind: 'transfer', from: ZERO_ADDRESS, to: ALICE, value: 1_000n } as const
const burnOf = (value: bigint, tx = 0, from = ALICE) =>
  [
    { kind: 'burn', from, value, tx },
    { kind: 'transfer', from, to: ZERO_ADDRESS, value, tx },
  ] as const

describe('burns', () => {
  test('a Burn is not paired across transactions, burners or amounts', () => {
    const transfer = { kind: 'transfer', from: ALICE, to: ZERO_ADDRESS, value: 10n, tx: 0 } as const
    for (const stray of [
      { kind: 'burn', from: ALICE, value: 10n, tx: 1 },
      { kind: 'burn', from: BOB, value: 10n, tx: 0 },
      { kind: 'burn', from: ALICE, value: 11n, tx: 0 },
    ] as const) {
      expect(() => foldOf([mint, { ...mint, to: BOB }], [transfer, stray])).toThrow(BurnModeMixed)
    }
  })

  test('a Transfer to the zero address without a Burn event is a burn', () => {
    const ledger = foldOf([mint], [{ kind: 'transfer', from: ALICE, to: ZERO_ADDRESS, value: 7n }])
    expect(ledger.burns[0]).toMatchObject({ value: 7n, evidence: 'TRANSFER', burnerBalance: 993n })
  })

  test('a token that burns both ways stops the fold, from either side', () => {
    const alone = { kind: 'burn', from: ALICE, value: 1n } as const
    const transfer = { kind: 'transfer', from: ALICE, to: ZERO_ADDRESS, value: 1n } as const
    expect(() => foldOf([mint], [alone], [transfer])).toThrow(BurnModeMixed)
    expect(() => foldOf([mint], [transfer], [alone])).toThrow(BurnModeMixed)
  })

  test('a burn of nothing is no burn and says nothing about the mode', () => {
    const ledger = foldOf([mint], [{ kind: 'burn', from: ALICE, value: 0n }], [...burnOf(0n)])
    expect(ledger.burns).toEqual([])
    expect(ledger.snapshots.at(-1)?.burnMode).toBe('UNKNOWN')
  })
})

describe('transfers that move nothing', () => {
  test('a transfer of nothing makes no holder and no account', () => {
    const ledger = foldOf([mint], [{ kind: 'transfer', from: BOB, to: addressOf(3), value: 0n }])
    expect(ledger.snapshots.at(-1)?.holders).toBe(1)
    expect(ledger.accounts.map(({ address }) => address)).toEqual([ALICE])
  })

  test('a holder who sends everything is one no more, and one again when it comes back', () => {
    const away = { kind: 'transfer', from: ALICE, to: BOB, value: 1_000n } as const
    const back = { kind: 'transfer', from: BOB, to: ALICE, value: 1n } as const
    expect(foldOf([mint], [away], [back]).snapshots.map(({ holders }) => holders)).toEqual([1, 1, 2])
  })
})

describe('supply that does not circulate', () => {
  test('the first block has figures, with or without events in it', () => {
    const ledger = foldOf([], [mint])
    expect(ledger.snapshots.map(({ blockNumber, totalSupply }) => [blockNumber, totalSupply])).toEqual([
      [1, 0n],
      [2, 1_000n],
    ])
  })

  test('an exclusion counts from its block on, with or without events in it', () => {
    const gap: never[][] = Array.from({ length: GRANT_BLOCK - 1 }, () => [])
    const ledger = foldOf([mint, { kind: 'transfer', from: ALICE, to: GRANT, value: 300n }], ...gap)
    expect(
      ledger.snapshots.map(({ blockNumber, circulatingSupply }) => [blockNumber, circulatingSupply]),
    ).toEqual([
      [1, 1_000n],
      [GRANT_BLOCK, 700n],
    ])
    expect(ledger.snapshots[1]?.digest).toBe(ledger.snapshots[0]?.digest)
  })

  test('tokens sent straight to the staking contract are not staked', () => {
    const ledger = foldOf([mint], [{ kind: 'transfer', from: ALICE, to: STAKING, value: 100n }])
    expect(ledger.snapshots.at(-1)).toMatchObject({ staked: 0n, stakers: 0 })
  })
})

describe('what comes back to the treasury', () => {
  test('from a buyback wallet is revenue, unless that wallet is internal too', () => {
    const treasury = [...POLICY.treasury][0] ?? DEAD
    const flow = (from: typeof ALICE, to: typeof ALICE, value: bigint) =>
      ({ kind: 'stableTransfer', from, to, value }) as const
    const blocks = blocksOf([
      [flow(ALICE, treasury, 100n), flow(treasury, BUYBACK, 50n), flow(BUYBACK, treasury, 20n)],
    ])
    const internal = { ...POLICY, internal: new Set([BUYBACK]) }
    const revenues = [POLICY, internal].map(
      (policy) => foldAll(blocks, policy).snapshots.at(-1)?.treasuryRevenue,
    )
    expect(revenues).toEqual([120n, 100n])
  })
})

describe('history that cannot be', () => {
  test('nobody spends what they never got', () => {
    const send = { kind: 'transfer', from: BOB, to: ALICE, value: 1n } as const
    expect(() => foldOf([send])).toThrow(HistoryIncomplete)
    expect(() => foldOf([{ kind: 'unstake', account: BOB, amount: 1n }])).toThrow(HistoryIncomplete)
    const treasury = [...POLICY.treasury][0] ?? DEAD
    expect(() => foldOf([{ kind: 'stableTransfer', from: treasury, to: BOB, value: 1n }])).toThrow(
      HistoryIncomplete,
    )
  })

  test('with partial history, figures are changes and may be negative', () => {
    const policy = { ...POLICY, partial: { token: true, staking: true, stable: true } }
    const blocks = blocksOf([
      [
        { kind: 'transfer', from: BOB, to: ALICE, value: 1n },
        { kind: 'unstake', account: BOB, amount: 5n },
      ],
    ])
    const ledger = foldAll(blocks, policy)
    expect(ledger.accounts).toMatchObject([{ balance: -1n, staked: -5n }, { balance: 1n }])
  })
})
