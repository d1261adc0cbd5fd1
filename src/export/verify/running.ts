import type { Findings } from './finding'
import { ownText } from './own-text'
import { addAt, amountAt, type Row } from './row'

/** Running values by what they belong to, as the newest row said them. */
export interface Running {
  /** Holds what a row says after a change against what an earlier row said. */
  check(row: Row, column: { readonly name: string; readonly at: number }, key: string, change: bigint): void
  /** Takes a change that no row of this kind tells. */
  move(key: string, change: bigint): void
  /** The value by now; undefined where no row has said it. */
  at(key: string): bigint | undefined
  /** How many are above 0; undefined where not all are known. */
  positive(): number | undefined
  /** Begins anew. @param fromStart whether there was nothing before: then every value begins at 0 */
  restart(fromStart: boolean): void
}

/** Where a value was said. */
interface Said {
  readonly value: bigint
  readonly row: Row['number'] | undefined
  readonly manifest: Row['manifest'] | undefined
}

/** @param mismatch what to do with a value that is not what it should be, instead of putting it down */
export function openRunning(
  findings: Findings,
  mismatch: (row: Row, column: string, problem: string, lost: bigint) => void = (row, column, problem) =>
    addAt(findings, 'running', row, column, problem),
): Running {
  const said = new Map<string, Said>()
  let isFromStart = false
  let above = 0

  function note(key: string, value: bigint, row: Row | undefined): void {
    const before = said.get(key)
    above += Number(value > 0n) - Number((before?.value ?? 0n) > 0n)
    said.set(before === undefined ? ownText(key) : key, { value, row: row?.number, manifest: row?.manifest })
  }

  return {
    check(row, { name, at }, key, change) {
      const found = amountAt(row, at)
      if (found === null) {
        addAt(findings, 'running', row, name, 'has no value, and must have one')
        return
      }
      const before = said.get(key) ?? (isFromStart ? NOTHING : undefined)
      if (before !== undefined && before.value + change !== found) {
        const expected = before.value + change
        mismatch(row, name, `is ${found}, and ${sumText(before, change)} is ${expected}`, expected - found)
      }
      note(key, found, row)
    },
    move(key, change) {
      const before = said.get(key)?.value ?? (isFromStart ? 0n : undefined)
      if (before !== undefined) note(key, before + change, undefined)
    },
    at: (key) => said.get(key)?.value ?? (isFromStart ? 0n : undefined),
    positive: () => (isFromStart ? above : undefined),
    restart(fromStart) {
      said.clear()
      above = 0
      isFromStart = fromStart
    },
  }
}

const NOTHING: Said = { value: 0n, row: undefined, manifest: undefined }

function sumText({ value, row, manifest }: Said, change: bigint): string {
  const sign = change < 0n ? '−' : '+'
  const size = change < 0n ? -change : change
  const from = row === undefined || manifest === undefined ? '' : ` (row ${row} of ${manifest.file})`
  return `${value}${from} ${sign} ${size}`
}
