import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Hash } from '../../../src/core/address'
import { columnsOf } from '../../../src/core/datasets/datasets'
import { contractAddresses } from '../../../src/core/datasets/ledger-cells'
import { statementCells, statementEvents } from '../../../src/core/datasets/statement-cells'
import { fold } from '../../../src/core/fold'
import {
  BRIDGE,
  BUYBACK,
  DEAD,
  HOLDERS,
  history,
  POLICY,
  START,
  sha256,
  VESTING,
} from '../../support/history'
import { ECONOMY } from '../../support/small-economy'

const CONTRACTS = contractAddresses(ECONOMY.contracts)
const NAMES = columnsOf('statement').map(({ name }) => name)
const NOTHING = { balance: 0n, staked: 0n, rewardsPaid: 0n }

test('a statement runs from nothing to what the account has, by its own amounts alone', () => {
  fc.assert(
    fc.property(history, fc.constantFrom(...HOLDERS, BUYBACK, BRIDGE, DEAD, VESTING), (blocks, account) => {
      const ledger = fold(START, blocks, POLICY, sha256)
      const cellsOf = statementCells(account, CONTRACTS, NOTHING)
      const rows = statementEvents(ledger, account).map((event) => {
        const cells = cellsOf(event, ledger.snapshots[0]?.hash as Hash)
        return Object.fromEntries(NAMES.map((name, index) => [name, cells[index]]))
      })
      const held = { balance: 0n, staked: 0n, rewards_paid: 0n }
      const places = new Set<string>()
      for (const row of rows) {
        const figure = ['STAKE', 'UNSTAKE'].includes(`${row.kind}`)
          ? 'staked'
          : row.kind === 'REWARD'
            ? 'rewards_paid'
            : 'balance'
        const sign = { IN: 1n, OUT: -1n, SELF: 0n }[`${row.direction}` as 'IN' | 'OUT' | 'SELF']
        held[figure] += sign * BigInt(`${row.amount}`)
        expect(row).toMatchObject(
          Object.fromEntries(Object.entries(held).map(([name, value]) => [name, `${value}`])),
        )
        expect(row.token_address).toBe(row.kind === 'REWARD' ? CONTRACTS.reward : CONTRACTS.token)
        expect(row.counterparty === null).toBe(!`${row.kind}`.startsWith('TRANSFER'))
        // Each event once, though a burn that is a Transfer has two rows in the ledger.
        places.add(`${row.block_number}:${row.log_index}`)
      }
      expect(places.size).toBe(rows.length)
      const { balance, staked, rewardsPaid } =
        ledger.accounts.find(({ address }) => address === account) ?? NOTHING
      expect(held).toEqual({ balance, staked, rewards_paid: rewardsPaid })
    }),
  )
})
