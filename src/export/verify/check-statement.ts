import type { Address } from '../../core/address'
import type { ContractAddresses } from '../../core/datasets/ledger-cells'
import {
  type Holdings,
  type PlacedEvent,
  type StatementEntry,
  type StatementKind,
  statementEntry,
  statementEvents,
} from '../../core/datasets/statement-cells'
import type { BlockRows, Rule } from './block-rows'
import { unsigned } from './check-holdings'
import type { Findings } from './finding'
import { type LedgerRows, ledgerRow } from './ledger-row'
import { addAt, cellAt, positions, type Row } from './row'
import { openRunning } from './running'

const STATEMENT = positions('statement', [
  'account',
  'kind',
  'direction',
  'counterparty',
  'token_address',
  'amount',
  'transaction_hash',
  'log_index',
  'balance',
  'staked',
  'rewards_paid',
])

/** Which figure an event changes. */
type Held = 'balance' | 'staked' | 'rewards_paid'
const CHANGED: Readonly<Record<string, Held>> = { STAKE: 'staked', UNSTAKE: 'staked', REWARD: 'rewards_paid' }

/** Which way each kind of event goes. */
const DIRECTIONS: Readonly<Record<StatementKind, StatementEntry['direction']>> = {
  MINT: 'IN',
  TRANSFER_IN: 'IN',
  TRANSFER_OUT: 'OUT',
  TRANSFER_SELF: 'SELF',
  BURN: 'OUT',
  STAKE: 'IN',
  UNSTAKE: 'OUT',
  REWARD: 'IN',
}

/** Which dataset tells it, too. */
type Told = 'transfers' | 'burns' | 'stakes' | 'rewards'
const TOLD_BY: Readonly<Record<PlacedEvent['of'], Told>> = {
  transfer: 'transfers',
  burn: 'burns',
  stake: 'stakes',
  reward: 'rewards',
}

/** One account's statement: what it has after each event, and the same events in the other files, none missing. */
export function checkStatement(
  findings: Findings,
  account: Address,
  { token, reward }: Pick<ContractAddresses, 'token' | 'reward'>,
): Rule {
  const held = openRunning(findings)
  return {
    visit(block) {
      const { statement } = block.rows
      if (statement === undefined) return
      for (const row of statement) checkRow(row)
      checkEvents(findings, block, statement, account)
    },
    restart(dataset, fromStart) {
      if (dataset === 'statement') held.restart(fromStart)
    },
  }

  function checkRow(row: Row): void {
    if (cellAt(row, STATEMENT.account) !== account) {
      addAt(
        findings,
        'order',
        row,
        'account',
        `is ${cellAt(row, STATEMENT.account)}, and the statement is ${account}'s`,
      )
    }
    const amount = unsigned(findings, row, 'amount', STATEMENT.amount)
    const [kind, direction] = [cellAt(row, STATEMENT.kind), cellAt(row, STATEMENT.direction)]
    const way: string | undefined = DIRECTIONS[kind as StatementKind]
    if (way === undefined)
      addAt(findings, 'running', row, 'kind', `is ${kind}, and nothing of that kind happens`)
    else if (direction !== way) {
      addAt(findings, 'running', row, 'direction', `is ${direction}, and a ${kind} goes ${way}`)
    }
    const [asset, expected] = [cellAt(row, STATEMENT.token_address), kind === 'REWARD' ? reward : token]
    if (asset !== expected) {
      const problem = `is ${asset}, and the economy's is ${expected}: the row is of another contract`
      addAt(findings, 'order', row, 'token_address', problem)
    }
    const changed = CHANGED[kind] ?? 'balance'
    const change = direction === 'IN' ? amount : direction === 'OUT' ? -amount : 0n
    for (const name of ['balance', 'staked', 'rewards_paid'] as const) {
      held.check(row, { name, at: STATEMENT[name] }, name, name === changed ? change : 0n)
    }
  }
}

/** Holds the rows of a statement against the events of the block that other files tell. */
function checkEvents(
  findings: Findings,
  { number, rows, statement: manifest }: BlockRows,
  statement: readonly Row[],
  account: Address,
): void {
  const open = new Map(statement.map((row) => [Number(cellAt(row, STATEMENT.log_index)), row]))
  for (const event of statementEvents(ledgerOf(rows), account)) {
    const row = open.get(event.row.logIndex)
    open.delete(event.row.logIndex)
    if (row === undefined) {
      const file = manifest?.file ?? `statement of ${account}`
      const problem = `there is no row for log ${event.row.logIndex}, a ${event.of} of ${account}`
      findings.add({ law: 'copies', file, block: number, problem })
    } else checkEvent(findings, row, event, account)
  }
  for (const row of open.values()) {
    const kind = cellAt(row, STATEMENT.kind)
    const tellers: readonly Told[] = TELLERS[kind] ?? ['transfers']
    if (tellers.some((told) => rows[told] === undefined)) continue
    addAt(findings, 'copies', row, 'kind', `is ${kind}, and no other file has that event`)
  }
}

const TELLERS: Readonly<Record<string, readonly Told[]>> = {
  STAKE: ['stakes'],
  UNSTAKE: ['stakes'],
  REWARD: ['rewards'],
  // By a Transfer to the zero address, or by a Burn event alone.
  BURN: ['transfers', 'burns'],
}

function checkEvent(findings: Findings, row: Row, event: PlacedEvent, account: Address): void {
  const said: Holdings = {
    balance: BigInt(cellAt(row, STATEMENT.balance)),
    staked: BigInt(cellAt(row, STATEMENT.staked)),
    rewardsPaid: BigInt(cellAt(row, STATEMENT.rewards_paid)),
  }
  const { kind, direction, counterparty, amount, after } = statementEntry(account, event, said)
  const expected = {
    kind,
    direction,
    counterparty,
    amount: `${amount}`,
    transaction_hash: event.row.transactionHash,
    balance: `${after.balance}`,
    staked: `${after.staked}`,
    rewards_paid: `${after.rewardsPaid}`,
  }
  for (const [name, cell] of Object.entries(expected)) {
    const found = row.cells[STATEMENT[name as keyof typeof expected]]
    if (found === cell) continue
    addAt(findings, 'copies', row, name, `is ${found}, and by ${TOLD_BY[event.of]} it is ${cell}`)
  }
}

function ledgerOf({ transfers, burns, stakes, rewards }: BlockRows['rows']) {
  const read = <Name extends Told>(name: Name, of: readonly Row[] | undefined): LedgerRows[Name][] =>
    (of ?? []).map((row) => ledgerRow(name, row))
  return {
    transfers: read('transfers', transfers),
    burns: read('burns', burns),
    stakes: read('stakes', stakes),
    rewards: read('rewards', rewards),
  }
}
