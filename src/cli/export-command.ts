import type { Address } from '../core/address'
import { LEDGER_DATASET_NAMES } from '../core/datasets/dataset'
import { isoOf } from '../core/iso-time'
import type { Wanted } from '../export/export-target'
import { ACCOUNTING_FORMATS, DATA_FORMATS } from '../export/manifest'
import type { AskedRange } from '../read/export/export-source'
import { parseAddress } from '../read/parse-address'
import { readCommand } from './command-line'
import { CommandWrong } from './errors'

/** The data sets of the whole economy, in the order in which they are exported. */
const OF_ALL = [...LEDGER_DATASET_NAMES, 'daily', 'corrections'] as const

const DATASETS = [...OF_ALL, 'statement', 'treasury'] as const
const FORMATS: readonly string[] = [...DATA_FORMATS, ...ACCOUNTING_FORMATS]

const SHAPE = {
  name: 'export',
  says: 'Writes data sets of final blocks into files, with manifests that say what they are. The same range gives the same bytes. What is there already is left alone, and what was interrupted is gone on with.',
  operands: {
    name: 'DATASET…',
    says: `Some of ${DATASETS.join(', ')}; or all, which is everything but statement and treasury.`,
    least: 1,
    most: DATASETS.length + 1,
  },
  options: {
    format: {
      value: 'LIST',
      says: 'Some of csv, ndjson, parquet (of each data set; csv if left out), koinly, rotki (of statement), hledger (of treasury), with commas between.',
    },
    out: {
      value: 'DIR',
      isRequired: true,
      says: 'Directory that the files go into; made if it is not there.',
    },
    from: {
      value: 'DATE',
      says: 'First day, such as 2026-01-01, or instant, such as 2026-01-01T12:00:00Z; UTC.',
    },
    to: {
      value: 'DATE',
      says: 'Day or instant that the files end before; as far as blocks are final if left out.',
    },
    'from-block': { value: 'N', says: 'First block.' },
    'to-block': { value: 'N', says: 'Last block.' },
    partition: {
      value: 'month',
      says: 'A file for each month, in folders that DuckDB, Spark, Trino and Hive read as one table. Statement, treasury and proofs stay whole.',
    },
    account: { value: 'ADDRESS', says: 'Whose statement.' },
    proofs: { says: 'Adds a proof for each event, made from the receipts of its block: needs RPC_URL.' },
  },
  examples: [
    'ashao export transfers --format parquet --from 2026-01-01 --to 2026-04-01 --out exports',
    'ashao export all treasury --format csv,hledger --out exports',
    'ashao export statement --account 0x… --format csv,koinly --out exports',
  ],
} as const

export interface ExportOrder {
  readonly wanted: readonly Wanted[]
  readonly out: string
  readonly asked: AskedRange
  readonly isPartitioned: boolean
  readonly account: Address | undefined
}

/**
 * Reads the words after `export`.
 * @returns the usage, where that was asked for
 * @throws CommandWrong (E6209), AddressInvalid (E5023)
 */
export function readExportCommand(args: readonly string[]): ExportOrder | string {
  const command = readCommand(SHAPE, args)
  if (command.asks === 'help') return command.usage
  const { format, out, from, to, partition, account, proofs, ...blocks } = command.options
  if (partition !== undefined && partition !== 'month') {
    throw wrong(`cannot partition by "${partition}"`, 'Write --partition month.')
  }
  const wanted = wantedOf(command.operands, (format ?? 'csv').split(','))
  const isOfAccount = wanted.some(({ dataset }) => dataset === 'statement')
  if (isOfAccount && account === undefined) {
    throw wrong('needs --account for a statement', 'Add --account and whose statement it is.')
  }
  if (!isOfAccount && account !== undefined) {
    throw wrong('takes --account for a statement only', 'Add statement, or leave --account out.')
  }
  return {
    wanted: proofs ? [...wanted, { dataset: 'proofs', format: 'proofs' }] : wanted,
    out,
    asked: {
      fromTime: secondsOf('from', from),
      toTime: secondsOf('to', to),
      fromBlock: blockOf('from-block', blocks['from-block']),
      toBlock: blockOf('to-block', blocks['to-block']),
    },
    isPartitioned: partition !== undefined,
    account: account === undefined ? undefined : parseAddress(account),
  }
}

function wantedOf(operands: readonly string[], formats: readonly string[]): readonly Wanted[] {
  for (const format of formats) {
    if (!FORMATS.includes(format)) {
      throw wrong(`knows no format "${format}"`, `Formats are ${FORMATS.join(', ')}.`)
    }
  }
  const datasets = new Set(operands.flatMap((operand) => (operand === 'all' ? OF_ALL : [operand])))
  const wanted = [...datasets].flatMap((dataset) => {
    const found = formatsOf(dataset).filter(({ format }) => formats.includes(format))
    if (found.length > 0) return found
    const possible = formatsOf(dataset).map(({ format }) => format)
    throw wrong(
      `does not write ${dataset} as ${formats.join(' or ')}`,
      `Its formats are ${possible.join(', ')}.`,
    )
  })
  const unused = formats.find((format) => !wanted.some((each) => each.format === format))
  if (unused === undefined) return wanted
  const of = unused === 'hledger' ? 'treasury' : 'statement'
  throw wrong(`has nothing to write as ${unused}`, `Add the data set ${of}, or leave the format out.`)
}

function formatsOf(name: string): readonly Wanted[] {
  if (name === 'treasury') return [{ dataset: name, format: 'hledger' }]
  const dataset = DATASETS.find((known) => known === name)
  if (dataset === undefined || dataset === 'treasury') {
    throw wrong(`knows no data set "${name}"`, `Data sets are ${[...DATASETS, 'all'].join(', ')}.`)
  }
  const ofData = DATA_FORMATS.map((format) => ({ dataset, format }))
  if (dataset !== 'statement') return ofData
  return [...ofData, { dataset, format: 'koinly' }, { dataset, format: 'rotki' }]
}

/** Midnight of a day or an instant, in unix seconds. */
function secondsOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
  const milliseconds = Date.parse(instant)
  // Date.parse takes 31 February for the day after the month's last.
  if (!Number.isNaN(milliseconds) && isoOf(milliseconds / 1_000) === instant) return milliseconds / 1_000
  throw wrong(
    `cannot read "${text}" behind --${option}`,
    `Write a day such as 2026-01-31, or an instant such as 2026-01-31T23:59:59Z.`,
  )
}

function blockOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const block = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(block)) return block
  throw wrong(`cannot read "${text}" behind --${option}`, 'Write a block number in decimal digits.')
}

function wrong(problem: string, mend: string): CommandWrong {
  return new CommandWrong({ command: SHAPE.name, problem, mend })
}
