// Over 300 lines: one table of everything that is done to an export, with what is found of it.
import { copyFile, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildChain } from '../../../bench/ingest/simulator/chain'
import { type DatasetName, LEDGER_DATASET_NAMES } from '../../../src/core/datasets/dataset'
import { type Finding, type Law, placeOf } from '../../../src/export/verify/finding'
import { verifyDirectory } from '../../../src/export/verify/verify'
import { eventBlocks } from '../../bench/event-blocks'
import { economyOf } from '../../support/simulated-truth'
import { exportHistory, type FoldedHistory, foldedHistory } from './exported-history'
import { editManifest, editRows, editText, type Fields, sealAgain } from './forging'

/** In the order in which they are published: their manifests have these numbers, from 1. */
const DATASETS = [...LEDGER_DATASET_NAMES, 'daily'] as const

let history: FoldedHistory
let root: string
/** An export of the whole history, and one of its first half. */
let whole: string
let older: string

beforeAll(async () => {
  const chain = buildChain({ blocks: 240, events: 900, active: 0.7, blockTime: 1_800, accounts: 20 })
  history = foldedHistory(eventBlocks(chain), economyOf(chain))
  root = await mkdtemp(join(tmpdir(), 'ashao-tampering-'))
  whole = join(root, 'whole')
  older = join(root, 'older')
  const { fromBlock, toBlock } = history.range()
  const half = history.range(fromBlock, Math.floor(toBlock / 2))
  await exportHistory(
    whole,
    history,
    DATASETS.map((dataset) => ({ dataset })),
  )
  await exportHistory(
    older,
    history,
    DATASETS.map((dataset) => ({ dataset, range: half })),
  )
})
afterAll(() => rm(root, { recursive: true }))

const fileOf = (dataset: DatasetName): string => {
  const { fromBlock, toBlock } = history.range()
  return `${dataset}-${fromBlock}-${toBlock}.csv`
}
const plusOne = (amount = ''): string => `${BigInt(amount) + 1n}`
/** A transfer between two accounts, in the middle of the history. */
const isPlain = ({ from_balance, to_balance, value, from_address, to_address }: Fields): boolean =>
  from_balance !== '' && to_balance !== '' && value !== '0' && from_address !== to_address
const middle = (rows: readonly Fields[]): number => {
  const index = rows.findIndex((row, at) => at > rows.length / 2 && isPlain(row))
  if (index < 0) throw new RangeError('there is no such transfer')
  return index
}

interface Expected {
  readonly law: Law
  /** What the message says, its place among it. */
  readonly says: RegExp
}

interface Tampering {
  readonly what: string
  readonly tamper: (directory: string) => Promise<void>
  /** What is found where only the file or the manifest was changed. */
  readonly found: readonly Expected[]
  /** What is still found where everything was sealed anew. */
  readonly stillFound: readonly Expected[]
}

const TRANSFERS = /transfers-\d+-\d+\.csv/.source
const bytes: Expected = { law: 'bytes', says: new RegExp(`^${TRANSFERS}: it(s SHA-256 is| has \\d+ bytes)`) }

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a changed amount',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const row = rows[middle(rows)] as Fields
        row.value = plusOne(row.value)
        return rows
      }),
    found: [bytes],
    stillFound: [
      {
        law: 'running',
        says: /^transfers-.*, row \d+ \(line \d+\), block \d+, column from_balance: is \d+, and \d+ \(row \d+ of transfers-.*\) − \d+ is \d+$/,
      },
    ],
  },
  {
    what: 'a changed balance',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const row = rows[middle(rows)] as Fields
        row.to_balance = plusOne(row.to_balance)
        return rows
      }),
    found: [bytes],
    stillFound: [{ law: 'running', says: /row \d+ \(line \d+\), block \d+, column to_balance: is \d+/ }],
  },
  {
    what: 'a removed row',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => rows.toSpliced(middle(rows), 1)),
    found: [
      bytes,
      { law: 'content', says: new RegExp(`^${TRANSFERS}: it has \\d+ rows, and its manifest says \\d+$`) },
    ],
    stillFound: [
      {
        law: 'snapshots',
        says: /^snapshots-.*, row \d+ \(line \d+\), block \d+, column transfer_count: is \d+, and by the rows of the block it is \d+$/,
      },
    ],
  },
  {
    what: 'an extra row',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const from = middle(rows)
        // The last one of its block, so that the new one is in order behind it.
        const at = rows.findIndex(
          (row, index) => index > from && row.block_number !== rows[index + 1]?.block_number,
        )
        const row = rows[at] as Fields
        return rows.toSpliced(at + 1, 0, { ...row, log_index: plusOne(row.log_index), value: '0' })
      }),
    found: [bytes],
    stillFound: [{ law: 'snapshots', says: /block \d+, column transfer_count/ }],
  },
  {
    what: 'an extra row in a block of its own',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const free = rows.findIndex(
          (row, at) => Number(rows[at + 1]?.block_number) > Number(row.block_number) + 1,
        )
        const row = rows[free] as Fields
        return rows.toSpliced(free + 1, 0, { ...row, block_number: plusOne(row.block_number), value: '0' })
      }),
    found: [bytes],
    stillFound: [
      {
        law: 'snapshots',
        says: /^transfers-.*, row \d+ \(line \d+\), block \d+: there is no snapshot of this block$/,
      },
    ],
  },
  {
    what: 'two values that changed places',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const at = middle(rows)
        const next = rows.findIndex(
          (row, index) => index > at && isPlain(row) && row.value !== rows[at]?.value,
        )
        const [one, other] = [rows[at] as Fields, rows[next] as Fields]
        const { value = '' } = one
        one.value = other.value ?? ''
        other.value = value
        return rows
      }),
    found: [bytes],
    stillFound: [{ law: 'running', says: /row \d+ \(line \d+\), block \d+, column from_balance/ }],
  },
  {
    what: 'two rows that changed places',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const at = middle(rows)
        return [...rows.slice(0, at - 1), rows[at], rows[at - 1], ...rows.slice(at + 1)] as Fields[]
      }),
    found: [bytes],
    stillFound: [
      {
        law: 'order',
        says: /row \d+ \(line \d+\), block \d+, column block_number: block \d+, log \d+ comes after block \d+, log \d+/,
      },
    ],
  },
  {
    what: 'a file in another order',
    tamper: (directory) => editRows(directory, fileOf('transfers'), (rows) => rows.toReversed()),
    found: [bytes],
    stillFound: [{ law: 'order', says: /^transfers-.*, row \d+ \(line \d+\)/ }],
  },
  {
    what: 'a file that ends within a row',
    tamper: (directory) =>
      editText(directory, fileOf('transfers'), (text) => text.slice(0, text.length >> 1)),
    found: [bytes, { law: 'content', says: /^transfers-.*: line \d+: the file ends within this line/ }],
    stillFound: [{ law: 'content', says: /^transfers-.*: line \d+: the file ends within this line/ }],
  },
  {
    what: 'a file that ends early, after a row',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => rows.slice(0, rows.length >> 1)),
    found: [bytes],
    stillFound: [{ law: 'snapshots', says: /block \d+, column transfer_count/ }],
  },
  {
    what: 'a row from another chain',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const row = rows[middle(rows)] as Fields
        row.block_hash = `0x${'c'.repeat(64)}`
        return rows
      }),
    found: [bytes],
    stillFound: [
      {
        law: 'blocks',
        says: /block \d+, column block_hash: is 0x[0-9a-f]{64}, and row \d+ of transfers-.* says 0x/,
      },
    ],
  },
  {
    what: 'a row from another token',
    tamper: (directory) =>
      editRows(directory, fileOf('transfers'), (rows) => {
        const row = rows[middle(rows)] as Fields
        row.token_address = `0x${'c'.repeat(40)}`
        return rows
      }),
    found: [bytes],
    stillFound: [
      {
        law: 'order',
        says: /row \d+ \(line \d+\), block \d+, column token_address: is 0xc+, .*the row is of another contract/,
      },
    ],
  },
  {
    what: 'an edited header',
    tamper: (directory) =>
      editText(directory, fileOf('transfers'), (text) =>
        text.replace('from_address,to_address', 'to_address,from_address'),
      ),
    found: [bytes],
    stillFound: [
      {
        law: 'content',
        says: /^transfers-.*, column from_address: line 1: column 2 of the header should be from_address, and is "to_address"$/,
      },
    ],
  },
  {
    what: 'a file from an older export',
    tamper: async (directory) => {
      const { fromBlock, toBlock } = history.range(undefined, Math.floor(history.range().toBlock / 2))
      await copyFile(
        join(older, `snapshots-${fromBlock}-${toBlock}.csv`),
        join(directory, fileOf('snapshots')),
      )
    },
    found: [{ law: 'bytes', says: /^snapshots-/ }],
    stillFound: [
      {
        law: 'order',
        says: /^snapshots-.*: its last snapshot is of block \d+, and the range ends with one of block \d+$/,
      },
    ],
  },
  {
    what: 'a forged manifest',
    tamper: (directory) =>
      editManifest(directory, 2, (manifest) => ({ ...manifest, toBlockHash: `0x${'c'.repeat(64)}` })),
    found: [
      {
        law: 'chain',
        says: /^_manifests\/000003\.json: previous is [0-9a-f]{64}, and should be that of the manifest before/,
      },
    ],
    stillFound: [
      {
        law: 'joins',
        says: /^_manifests\/000002\.json: toBlockHash is 0xc+, and _manifests\/000001\.json has 0x/,
      },
    ],
  },
  {
    what: 'a forged digest',
    tamper: (directory) =>
      editManifest(directory, 1, (manifest) => ({
        ...manifest,
        historyDigest: { ...manifest.historyDigest, before: `0x${'c'.repeat(64)}` },
      })),
    found: [
      {
        law: 'joins',
        says: /^_manifests\/000001\.json: historyDigest\.before is 0xc+, and the history of _manifests\/economy-/,
      },
    ],
    stillFound: [{ law: 'joins', says: /^_manifests\/000001\.json: historyDigest\.before/ }],
  },
  {
    what: 'a manifest that leads out of the directory',
    tamper: (directory) =>
      editManifest(directory, 1, (manifest) => ({ ...manifest, file: '../older/x.csv' })),
    found: [
      { law: 'manifest', says: /^_manifests\/000001\.json: file: does not stay within the directory$/ },
    ],
    stillFound: [
      { law: 'manifest', says: /^_manifests\/000001\.json: file: does not stay within the directory$/ },
    ],
  },
  {
    what: 'a changed definition version',
    tamper: (directory) =>
      editManifest(directory, 4, (manifest) => ({ ...manifest, methodologyVersion: 99 })),
    found: [
      {
        law: 'manifest',
        says: /^_manifests\/000004\.json: methodologyVersion is 99, and this program knows \d+$/,
      },
      { law: 'chain', says: /^_manifests\/000005\.json: previous/ },
    ],
    stillFound: [{ law: 'manifest', says: /^_manifests\/000004\.json: methodologyVersion is 99/ }],
  },
  {
    what: 'changed rules',
    tamper: async (directory) => {
      const { economy } = JSON.parse(await readFile(join(directory, '_manifests/000001.json'), 'utf8'))
      await editText(directory, economy.file, (text) => {
        const file = JSON.parse(text)
        file.wallets.buyback = [`0x${'c'.repeat(40)}`]
        return `${JSON.stringify(file, null, 2)}\n`
      })
    },
    found: [
      {
        law: 'manifest',
        says: /^_manifests\/economy-[0-9a-f]{12}\.json: its SHA-256 is [0-9a-f]{64}, and _manifests\/000001\.json says/,
      },
    ],
    stillFound: [{ law: 'joins', says: /^_manifests\/000001\.json: historyDigest\.before/ }],
  },
  {
    what: 'a missing manifest',
    tamper: (directory) => rm(join(directory, '_manifests/000003.json')),
    found: [
      { law: 'chain', says: /^_manifests\/000004\.json: _manifests\/000003\.json is missing before it$/ },
    ],
    stillFound: [{ law: 'covered', says: /^stakes-\d+-\d+\.csv: no manifest names it$/ }],
  },
  {
    what: 'a missing file',
    tamper: (directory) => rm(join(directory, fileOf('burns'))),
    found: [{ law: 'bytes', says: /^burns-\d+-\d+\.csv: it is missing$/ }],
    stillFound: [{ law: 'bytes', says: /^burns-\d+-\d+\.csv: it is missing$/ }],
  },
  {
    what: 'a symbolic link',
    tamper: async (directory) => {
      const path = join(directory, fileOf('burns'))
      await rename(path, join(root, 'elsewhere.csv'))
      await symlink(join(root, 'elsewhere.csv'), path)
    },
    found: [{ law: 'bytes', says: /^burns-.*: burns-.* is a symbolic link, and may lead anywhere$/ }],
    stillFound: [{ law: 'bytes', says: /^burns-.*: burns-.* is a symbolic link/ }],
  },
  {
    what: 'a changed figure of a snapshot',
    tamper: (directory) =>
      editRows(directory, fileOf('snapshots'), (rows) => {
        const row = rows[rows.length >> 1] as Fields
        row.treasury_revenue = plusOne(row.treasury_revenue)
        return rows
      }),
    found: [{ law: 'bytes', says: /^snapshots-/ }],
    stillFound: [
      {
        law: 'snapshots',
        says: /^snapshots-.*, row \d+ \(line \d+\), block \d+, column treasury_(revenue|balance): is \d+/,
      },
    ],
  },
  {
    what: 'a changed figure of a day',
    tamper: (directory) =>
      editRows(directory, fileOf('daily'), (rows) => {
        const row = rows[1] as Fields
        row.day_average_stake = plusOne(row.day_average_stake)
        return rows
      }),
    found: [{ law: 'bytes', says: /^daily-/ }],
    stillFound: [
      {
        law: 'snapshots',
        says: /^daily-.*, row 2 \(line 3\), block \d+, column day_average_stake: is \d+, and by the snapshots it is \d+$/,
      },
    ],
  },
  {
    what: 'a removed day',
    tamper: (directory) => editRows(directory, fileOf('daily'), (rows) => rows.toSpliced(1, 1)),
    found: [{ law: 'bytes', says: /^daily-/ }],
    stillFound: [
      {
        law: 'order',
        says: /^daily-.*, row 2 \(line 3\), block \d+, column date: is [\d-]+, and the day after the row before is [\d-]+$/,
      },
    ],
  },
]

describe('tampering is found, and the message names the place', () => {
  test('nothing is found in what was not touched', async () => {
    expect(await findingsOf(whole)).toEqual([])
  })

  for (const { what, tamper, found, stillFound } of TAMPERINGS) {
    test(what, async () => {
      const directory = await copyOf(whole)
      await tamper(directory)
      expectAll(await findingsOf(directory), found)
      await sealAgain(directory)
      expectAll(await findingsOf(directory), stillFound)
    })
  }
})

describe('what a forger can make consistent is not found without the chain', () => {
  // Each of these is for reperform, or for proofs, to find: if one is found here, docs/audit.md says too little.
  const FORGERIES: readonly (readonly [string, (directory: string) => Promise<void>])[] = [
    [
      'another transaction hash',
      (directory) =>
        editRows(directory, fileOf('transfers'), (rows) => {
          const row = rows[middle(rows)] as Fields
          row.transaction_hash = `0x${'c'.repeat(64)}`
          return rows
        }),
    ],
    [
      'an amount that is changed together with all balances after it',
      (directory) =>
        editRows(directory, fileOf('transfers'), (rows) => {
          const at = middle(rows)
          const { from_address, to_address } = rows[at] as Fields
          rows.slice(at).forEach((row, index) => {
            if (index === 0) row.value = plusOne(row.value)
            for (const side of ['from', 'to'] as const) {
              const [party, balance] = [row[`${side}_address`], row[`${side}_balance`] ?? '']
              if (party === from_address) row[`${side}_balance`] = `${BigInt(balance) - 1n}`
              if (party === to_address) row[`${side}_balance`] = plusOne(balance)
            }
          })
          return rows
        }),
    ],
    [
      'an export whose end was taken away, manifests and all',
      async (directory) => {
        await rm(join(directory, '_manifests/000008.json'))
        await rm(join(directory, fileOf('daily')))
      },
    ],
  ]
  for (const [what, forge] of FORGERIES) {
    test(what, async () => {
      const directory = await copyOf(whole)
      const before = await verifyDirectory(directory)
      await forge(directory)
      await sealAgain(directory)
      const { findings, chain } = await verifyDirectory(directory)
      expect(findings.findings).toEqual([])
      // The one value to keep is another.
      expect(chain.newest.sha256).not.toBe(before.chain.newest.sha256)
    })
  }
})

async function copyOf(directory: string): Promise<string> {
  const copy = await mkdtemp(join(root, 'copy-'))
  await cp(directory, copy, { recursive: true })
  return copy
}

async function findingsOf(directory: string): Promise<readonly Finding[]> {
  return (await verifyDirectory(directory)).findings.findings
}

function expectAll(findings: readonly Finding[], expected: readonly Expected[]): void {
  const told = findings.map((finding) => `${finding.law} ${placeOf(finding)}: ${finding.problem}`)
  for (const { law, says } of expected) {
    const matching = findings.filter(
      (finding) => finding.law === law && says.test(`${placeOf(finding)}: ${finding.problem}`),
    )
    expect(matching, `${law} ${says} among\n${told.join('\n')}`).not.toEqual([])
  }
}
