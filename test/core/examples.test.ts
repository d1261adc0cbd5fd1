import { describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { fold } from '../../src/core/fold'
import { BurnModeMixed, EventsOutOfOrder, HistoryIncomplete } from '../../src/core/history-errors'
import {
  addressOf,
  BRIDGE,
  BUYBACK,
  blocksOf,
  DEAD,
  GRANT,
  GRANT_BLOCK,
  POLICY,
  STAKING,
  START,
  sha256,
} from '../support/history'

const ALICE = addressOf(1)
const BOB = addressOf(2)
const mint = { kind: 'transfer', from: ZERO_ADDRESS, to: ALICE, value: 1_000n } as const
const foldOf = (...drafts: Parameters<typeof blocksOf>[0][number][]) =>
  fold(START, blocksOf(drafts), POLICY, sha256)
const burnOf = (value: bigint, tx = 0, from = ALICE) =>
  [
    { kind: 'burn', from, value, tx },
    { kind: 'transfer', from, to: ZERO_ADDRESS, value, tx },
  ] as const

describe('burns', () => {
  test('a Burn beside its Transfer counts once, whichever comes first', () => {
    const [burn, transfer] = burnOf(10n)
    for (const order of [
      [burn, transfer],
      [transfer, burn],
    ]) {
      const ledger = foldOf([mint], order)
      expect(ledger.burns.map(({ value, evidence }) => [value, evidence])).toEqual([
        [10n, 'TRANSFER_AND_BURN'],
      ])
      expect(ledger.snapshots.at(-1)).toMatchObject({
        cumulativeBurn: 10n,
        totalSupply: 990n,
        burnMode: 'TRANSFER',
      })
    }
  })

  test('two equal burns in one transaction are two burns', () => {
    const ledger = foldOf([mint], [...burnOf(10n), ...burnOf(10n)])
    expect(ledger.burns).toHaveLength(2)
    expect(ledger.snapshots.at(-1)?.cumulativeBurn).toBe(20n)
  })

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

  test('a token that burns by Burn events alone loses supply and balance by them', () => {
    const ledger = foldOf(
      [mint],
      [{ kind: 'burn', from: ALICE, value: 7n }],
      [{ kind: 'burn', from: ALICE, value: 1n }],
    )
    expect(ledger.burns.map(({ burnerBalance }) => burnerBalance)).toEqual([993n, 992n])
    expect(ledger.snapshots.at(-1)).toMatchObject({ totalSupply: 992n, burnMode: 'BURN_EVENT' })
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

  test('the burner decides the purpose', () => {
    const funded = [BUYBACK, BRIDGE, BOB].map((to) => ({ ...mint, to }))
    const ledger = foldOf(funded, [
      ...burnOf(1n, 0, BUYBACK),
      ...burnOf(2n, 1, BRIDGE),
      ...burnOf(4n, 2, BOB),
    ])
    expect(ledger.burns.map(({ purpose }) => purpose)).toEqual(['BUYBACK', 'BRIDGE', 'OTHER'])
    expect(ledger.snapshots.at(-1)).toMatchObject({ destroyed: 7n, cumulativeBurn: 5n, burnedByBridge: 2n })
  })
})

describe('transfers that move nothing', () => {
  test('a transfer to oneself changes no balance, holder or supply', () => {
    const ledger = foldOf([mint], [{ kind: 'transfer', from: ALICE, to: ALICE, value: 400n }])
    expect(ledger.transfers[1]).toMatchObject({ fromBalance: 1_000n, toBalance: 1_000n })
    expect(ledger.snapshots.at(-1)).toMatchObject({ holders: 1, totalSupply: 1_000n })
  })

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
  test('a dead address holds what totalSupply still counts', () => {
    const ledger = foldOf([mint], [{ kind: 'transfer', from: ALICE, to: DEAD, value: 100n }])
    expect(ledger.snapshots.at(-1)).toMatchObject({
      totalSupply: 1_000n,
      cumulativeBurn: 0n,
      deadBurn: 100n,
      outstandingSupply: 900n,
      circulatingSupply: 900n,
    })
  })

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
      (policy) => fold(START, blocks, policy, sha256).snapshots.at(-1)?.treasuryRevenue,
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
    const ledger = fold(START, blocks, policy, sha256)
    expect(ledger.accounts).toMatchObject([{ balance: -1n, staked: -5n }, { balance: 1n }])
  })

  test('logs that come twice or out of order are refused', () => {
    const [block] = blocksOf([[mint, { ...mint, to: BOB }]])
    if (block === undefined) throw new TypeError('no block')
    const [first, second] = block.events
    if (first === undefined || second === undefined) throw new TypeError('no events')
    for (const events of [
      [first, first],
      [second, first],
    ]) {
      expect(() => fold(START, [{ ...block, events }], POLICY, sha256)).toThrow(EventsOutOfOrder)
    }
    expect(() => fold(START, [block, block], POLICY, sha256)).toThrow(EventsOutOfOrder)
  })
})
