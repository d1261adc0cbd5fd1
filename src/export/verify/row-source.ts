import { join } from 'node:path'
import type { Cells, DatasetName } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'
import type { DataFormat, Manifest } from '../manifest'
import { readCells } from '../read-file'
import { checkPlace, openPlaces } from './check-place'
import { FileDeviates } from './errors'
import type { Findings } from './finding'
import type { Row } from './row'
import type { Rules } from './rules'

/** A file whose rows are taken one after another, in chain order. */
export interface RowSource {
  readonly manifest: Manifest
  readonly dataset: DatasetName
  /** The next row; undefined before the first `fill`, and once there are no more. */
  current: Row | undefined
  /** Block of the row that was given last; undefined before the first. */
  lastBlock: number | undefined
  /** Whether rows that should follow cannot be given: the file is damaged, or out of order. */
  isBroken: boolean
  /** Goes on to the row after `current`; false where that one has to be waited for. */
  step(): boolean
  /** Waits for the next bundle, and goes on to its first row. */
  fill(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a file of rows in chain order. What is wrong with it by itself is put down while it is read: spelling, order,
 * range, contracts, and how many rows there are.
 */
export function openSource(
  directory: string,
  manifest: Manifest,
  rules: Rules,
  findings: Findings,
): RowSource {
  const { file } = manifest
  const dataset = manifest.dataset as DatasetName
  const bundles = readCells(join(directory, file), manifest.format as DataFormat, columnsOf(dataset), file)
  const places = openPlaces(manifest, rules)
  let bundle: readonly Cells[] = []
  let next = 0
  let given = 0

  const source: RowSource = {
    manifest,
    dataset,
    current: undefined,
    lastBlock: undefined,
    isBroken: false,

    step() {
      const cells = bundle[next]
      if (cells === undefined) return false
      next += 1
      given += 1
      const row: Row = { manifest, number: given, block: Number(cells[places.blockNumber]), cells }
      source.isBroken = !checkPlace(places, row, findings)
      source.current = source.isBroken ? undefined : row
      source.lastBlock = row.block
      return true
    },

    async fill() {
      source.current = undefined
      if (source.isBroken) return
      try {
        const { value, done } = await bundles.next()
        bundle = done === true ? [] : value
        next = 0
        if (done !== true) source.step()
        else checkCount()
      } catch (error) {
        source.isBroken = true
        findings.add({ law: 'content', file, ...placeAndProblem(error) })
      }
    },

    async close() {
      await bundles.return(undefined)
    },
  }

  function checkCount(): void {
    if (given === manifest.rows) return
    findings.add({
      law: 'content',
      file,
      problem: `it has ${given} rows, and its manifest says ${manifest.rows}`,
    })
  }

  return source
}

/** Whatever a damaged file makes of the reader is a finding, never the end of the verification. */
export function placeAndProblem(error: unknown): { row?: number; column?: string; problem: string } {
  if (!(error instanceof FileDeviates)) {
    return { problem: `it cannot be read (${error instanceof Error ? error.message : String(error)})` }
  }
  const { row, line, column } = error.place
  return {
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
    problem: row === undefined && line !== undefined ? `line ${line}: ${error.problem}` : error.problem,
  }
}
