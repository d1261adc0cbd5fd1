import { ZERO_ADDRESS } from '../../core/address'
import { burnPurpose } from '../../core/burns'
import type { Policy } from '../../core/policy'
import type { BlockRows, Rule } from './block-rows'
import type { Finding, Findings } from './finding'
import { addAt, amountAt, cellAt, positions, type Row } from './row'
import { openRunning, type Running } from './running'

const TRANSFER = positions('transfers', [
  'from_address',
  'to_address',
  'value',
  'log_index',
  'from_balance',
  'to_balance',
])
const BURN = positions('burns', [
  'burner',
  'value',
  'purpose',
  'evidence',
  'log_index',
  'burner_balance',
  'cumulative_burn',
])
const FROM = { name: 'from_balance', at: TRANSFER.from_balance }
const TO = { name: 'to_balance', at: TRANSFER.to_balance }
const BURNER = { name: 'burner_balance', at: BURN.burner_balance }
const CUMULATIVE = { name: 'cumulative_burn', at: BURN.cumulative_burn }

/** What balances are told by: a token destroys by Transfers or by Burn events alone, never both. */
export interface Holdings extends Rule {
  readonly balances: Running
}

/** Transfers and burns: both parties' balances, the burner's, and what is burned in all. */
export function checkHoldings(findings: Findings, policy: Policy): Holdings {
  /** Balances that shrank without a Transfer, until it is known whether the token does that. */
  const shrunk: Finding[] = []
  let burnsByTransfer = false
  let hasBurns = false
  const balances = openRunning(findings, (row, column, problem, lost) => {
    if (lost > 0n && !burnsByTransfer && !hasBurns) {
      const { number, block, manifest } = row
      shrunk.push({ law: 'running', file: manifest.file, row: number, block, column, problem })
    } else addAt(findings, 'running', row, column, problem)
  })
  const burned = openRunning(findings)

  function transfer(row: Row): void {
    const [from, to] = [cellAt(row, TRANSFER.from_address), cellAt(row, TRANSFER.to_address)]
    const value = unsigned(findings, row, 'value', TRANSFER.value)
    // A transfer to oneself changes nothing.
    const moved = from === to ? 0n : value
    if (from === ZERO_ADDRESS) absent(findings, row, FROM)
    else balances.check(row, FROM, from, -moved)
    if (to === ZERO_ADDRESS) absent(findings, row, TO)
    else balances.check(row, TO, to, moved)
    if (to === ZERO_ADDRESS && value > 0n && !burnsByTransfer) {
      burnsByTransfer = true
      for (const finding of shrunk.splice(0)) findings.add(finding)
    }
  }

  function burn(row: Row, isMoved: boolean): void {
    const burner = cellAt(row, BURN.burner)
    const value = unsigned(findings, row, 'value', BURN.value)
    const purpose = cellAt(row, BURN.purpose)
    if (cellAt(row, BURN.evidence) === 'BURN') {
      if (isMoved) balances.check(row, BURNER, burner, -value)
    }
    burned.check(row, CUMULATIVE, '', purpose === 'BRIDGE' ? 0n : value)
    // Who called is not in the file: a burn that is none of the burner's own may be a bridge's.
    const own = burnPurpose(burner as `0x${string}`, [], policy)
    const isOpen = own === 'OTHER' && policy.bridges.size > 0
    if (purpose !== own && !(isOpen && purpose === 'BRIDGE')) {
      addAt(
        findings,
        'running',
        row,
        'purpose',
        `is ${purpose}, and by the economy file ${burner} burns as ${own}`,
      )
    }
  }

  return {
    balances,
    visit({ rows }: BlockRows) {
      const { transfers, burns, snapshots } = rows
      hasBurns = burns !== undefined
      if (snapshots?.some(isTransferMode)) burnsByTransfer = true
      if (transfers !== undefined && burns !== undefined) matchBurns(findings, transfers, burns)
      if (burns === undefined || burns.length === 0) {
        for (const row of transfers ?? []) transfer(row)
        return
      }
      const events = [
        ...(transfers ?? []).map((row) => ({
          row,
          log: Number(cellAt(row, TRANSFER.log_index)),
          isBurn: false,
        })),
        ...burns.map((row) => ({ row, log: Number(cellAt(row, BURN.log_index)), isBurn: true })),
      ].sort((one, other) => one.log - other.log)
      for (const { row, isBurn } of events) {
        if (isBurn) burn(row, transfers !== undefined)
        else transfer(row)
      }
    },
    restart(dataset, fromStart) {
      if (dataset === 'transfers') balances.restart(fromStart)
      if (dataset === 'burns') burned.restart(fromStart)
    },
    finish() {
      const [first] = shrunk
      if (first === undefined) return
      const place = `row ${first.row}`
      const reason = `balances shrink without a transfer, first at ${place}: right only where the token destroys by Burn events alone, which an export of burns would show`
      findings.skip({ law: 'running', file: first.file, reason })
    },
  }
}

const BURN_MODE = positions('snapshots', ['burn_mode']).burn_mode

function isTransferMode(row: Row): boolean {
  return cellAt(row, BURN_MODE) === 'TRANSFER'
}

/** Every Transfer to the zero address is a burn, and every burn that is not a Burn event's is such a Transfer. */
function matchBurns(findings: Findings, transfers: readonly Row[], burns: readonly Row[]): void {
  const destroying = new Map<string, Row>()
  for (const row of transfers) {
    if (cellAt(row, TRANSFER.to_address) !== ZERO_ADDRESS || cellAt(row, TRANSFER.value) === '0') continue
    destroying.set(cellAt(row, TRANSFER.log_index), row)
  }
  for (const row of burns) {
    if (cellAt(row, BURN.evidence) === 'BURN') continue
    const log = cellAt(row, BURN.log_index)
    const transfer = destroying.get(log)
    destroying.delete(log)
    if (transfer === undefined) {
      addAt(
        findings,
        'copies',
        row,
        'log_index',
        `${row.manifest.file} has a burn at log ${log} that is no transfer to the zero address`,
      )
      continue
    }
    for (const [column, at, other] of [
      ['burner', BURN.burner, TRANSFER.from_address],
      ['value', BURN.value, TRANSFER.value],
      ['burner_balance', BURN.burner_balance, TRANSFER.from_balance],
    ] as const) {
      if (row.cells[at] === transfer.cells[other]) continue
      const problem = `is ${row.cells[at]}, and row ${transfer.number} of ${transfer.manifest.file} says ${transfer.cells[other]}`
      addAt(findings, 'copies', row, column, problem)
    }
  }
  for (const [log, row] of destroying) {
    addAt(findings, 'copies', row, 'to_address', `destroys at log ${log}, and there is no burn of it`)
  }
}

/** An amount that cannot be below 0, as those of events. */
export function unsigned(findings: Findings, row: Row, column: string, at: number): bigint {
  const value = amountAt(row, at) ?? 0n
  if (value < 0n) addAt(findings, 'running', row, column, `is ${value}, and no event has an amount below 0`)
  return value
}

function absent(findings: Findings, row: Row, { name, at }: { name: string; at: number }): void {
  if (row.cells[at] === null) return
  addAt(findings, 'running', row, name, `is ${row.cells[at]}, and the zero address has no balance`)
}
