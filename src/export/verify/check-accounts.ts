import type { Policy } from '../../core/policy'
import { classifyFlow } from '../../core/treasury'
import type { Rule } from './block-rows'
import { unsigned } from './check-holdings'
import type { Findings } from './finding'
import { addAt, cellAt, positions, type Row } from './row'
import { openRunning, type Running } from './running'

const STAKE = positions('stakes', ['account', 'action', 'amount', 'account_staked', 'staked'])
const REWARD = positions('rewards', ['account', 'amount', 'account_rewards_paid', 'rewards_paid'])
const FLOW = positions('treasury_flows', [
  'from_address',
  'to_address',
  'value',
  'direction',
  'purpose',
  'treasury_balance',
])

export interface Stakes extends Rule {
  readonly stakes: Running
}

/** Stakes: each account's, and all together. */
export function checkStakes(findings: Findings): Stakes {
  const stakes = openRunning(findings)
  const total = openRunning(findings)
  return {
    stakes,
    visit({ rows }) {
      for (const row of rows.stakes ?? []) {
        const amount = unsigned(findings, row, 'amount', STAKE.amount)
        const action = oneOf(findings, row, 'action', STAKE.action, ['STAKE', 'UNSTAKE'])
        const change = action === 'UNSTAKE' ? -amount : amount
        stakes.check(
          row,
          { name: 'account_staked', at: STAKE.account_staked },
          cellAt(row, STAKE.account),
          change,
        )
        total.check(row, { name: 'staked', at: STAKE.staked }, '', change)
      }
    },
    restart(dataset, fromStart) {
      if (dataset !== 'stakes') return
      stakes.restart(fromStart)
      total.restart(fromStart)
    },
  }
}

/** Rewards: each account's, and all together. */
export function checkRewards(findings: Findings): Rule {
  const accounts = openRunning(findings)
  const total = openRunning(findings)
  return {
    visit({ rows }) {
      for (const row of rows.rewards ?? []) {
        const amount = unsigned(findings, row, 'amount', REWARD.amount)
        const account = cellAt(row, REWARD.account)
        accounts.check(
          row,
          { name: 'account_rewards_paid', at: REWARD.account_rewards_paid },
          account,
          amount,
        )
        total.check(row, { name: 'rewards_paid', at: REWARD.rewards_paid }, '', amount)
      }
    },
    restart(dataset, fromStart) {
      if (dataset !== 'rewards') return
      accounts.restart(fromStart)
      total.restart(fromStart)
    },
  }
}

/** Treasury flows: the balance after each, and which way and why it went by the economy file. */
export function checkFlows(findings: Findings, policy: Policy): Rule {
  const balance = openRunning(findings)
  return {
    visit({ rows }) {
      for (const row of rows.treasury_flows ?? []) {
        const value = unsigned(findings, row, 'value', FLOW.value)
        const [from, to] = [cellAt(row, FLOW.from_address), cellAt(row, FLOW.to_address)] as `0x${string}`[]
        if (from === undefined || to === undefined) continue
        if (!policy.treasury.has(from) && !policy.treasury.has(to)) {
          addAt(
            findings,
            'running',
            row,
            'to_address',
            'neither side is a treasury wallet of the economy file',
          )
        }
        const { direction, purpose } = classifyFlow(from, to, policy)
        for (const [name, at, expected] of [
          ['direction', FLOW.direction, direction],
          ['purpose', FLOW.purpose, purpose],
        ] as const) {
          const found = cellAt(row, at)
          if (found === expected) continue
          addAt(findings, 'running', row, name, `is ${found}, and by the economy file it is ${expected}`)
        }
        const change = direction === 'IN' ? value : direction === 'OUT' ? -value : 0n
        balance.check(row, { name: 'treasury_balance', at: FLOW.treasury_balance }, '', change)
      }
    },
    restart(dataset, fromStart) {
      if (dataset === 'treasury_flows') balance.restart(fromStart)
    },
  }
}

function oneOf(findings: Findings, row: Row, column: string, at: number, words: readonly string[]): string {
  const found = cellAt(row, at)
  if (!words.includes(found))
    addAt(findings, 'running', row, column, `is ${found}, and not ${words.join(' or ')}`)
  return found
}
