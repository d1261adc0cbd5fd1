import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cells, DatasetColumn } from '../../src/core/datasets/dataset'
import { dataContent, type FileContent, wholeContent } from '../../src/export/file-content'
import type { ManifestFacts } from '../../src/export/manifest'
import { readManifests } from '../../src/export/manifests'
import type { RowPosition } from '../../src/export/part-journal'
import { type Publication, publish } from '../../src/export/publish'
import { encoded } from './encoded'
import { factsOf } from './facts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-publish-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const COLUMNS: readonly DatasetColumn[] = ['block_number', 'value'].map((name) => ({
  name,
  kind: 'integer',
  isNullable: false,
  description: '',
}))
const ROWS: readonly Cells[] = Array.from({ length: 150_010 }, (_, row) => [String(row), String(row ** 2)])
const FACTS = factsOf('transfers.csv')
const PATH = 'transfers.csv'

/** Where the rows were asked for from, in `asked`; they break off before a row, if they shall. */
function contentOf(asked: (RowPosition | undefined)[] = [], end = Number.POSITIVE_INFINITY): FileContent {
  return dataContent('csv', COLUMNS, {
    isResumable: true,
    async *rows(after) {
      asked.push(after)
      for (let at = (after?.blockNumber ?? -1) + 1; at < ROWS.length; at += 10_000) {
        if (at >= end) throw new Error('broken off')
        yield ROWS.slice(at, at + 10_000)
      }
    },
  })
}

async function publishIt(content: FileContent, facts: ManifestFacts = FACTS): Promise<Publication> {
  return publish(directory, facts, content, { published: await readManifests(directory) })
}

const read = (name: string): Buffer => readFileSync(join(directory, name))

test('a file is published with its size, its rows and its hash', async () => {
  const expected = encoded('csv', COLUMNS, ROWS)
  const { manifest, wasThere } = await publishIt(contentOf())
  expect(read(PATH).equals(expected)).toBe(true)
  expect(manifest).toMatchObject({
    file: PATH,
    bytes: expected.length,
    rows: ROWS.length,
    sha256: createHash('sha256').update(expected).digest('hex'),
  })
  expect(wasThere).toBe(false)
  expect((await readManifests(directory)).map((stored) => stored.manifest)).toEqual([manifest])
  expect(readdirSync(directory).sort()).toEqual(['_manifests', PATH])
})

test('what is there already is left alone, without a row being asked for', async () => {
  const { manifest } = await publishIt(contentOf())
  const { mtimeMs } = statSync(join(directory, PATH))
  const asked: RowPosition[] = []
  expect(await publishIt(contentOf(asked))).toEqual({ manifest, wasThere: true })
  const newer = { ...FACTS, generator: 'ashao-indexer 9.9.9' }
  expect(await publishIt(contentOf(asked), newer)).toEqual({ manifest, wasThere: true })
  expect(asked).toEqual([])
  expect(statSync(join(directory, PATH)).mtimeMs).toBe(mtimeMs)
})

test('a file of something else is refused, and stays as it is', async () => {
  await publishIt(contentOf())
  const other = { ...FACTS, toBlockHash: `0x${'f'.repeat(64)}` } as const
  await expect(publishIt(contentOf(), other)).rejects.toMatchObject({
    code: 'E7001',
    facts: { file: PATH, problem: expect.stringContaining('toBlockHash') },
  })
  writeFileSync(join(directory, PATH), 'edited')
  await expect(publishIt(contentOf())).rejects.toMatchObject({
    code: 'E7001',
    facts: { problem: 'is not what its manifest says' },
  })
  expect(read(PATH).toString()).toBe('edited')
})

test('a file without its manifest counts if it is what is made now, and is refused if not', async () => {
  writeFileSync(join(directory, PATH), encoded('csv', COLUMNS, ROWS))
  const { manifest, wasThere } = await publishIt(contentOf())
  expect([manifest.rows, wasThere]).toEqual([ROWS.length, false])
  rmSync(join(directory, '_manifests'), { recursive: true })
  writeFileSync(join(directory, PATH), 'somebody’s own')
  await expect(publishIt(contentOf())).rejects.toMatchObject({
    code: 'E7001',
    facts: { problem: 'has no manifest and other content' },
  })
  expect(read(PATH).toString()).toBe('somebody’s own')
})

test('a file that is gone is made again, and must be what its manifest says', async () => {
  const { manifest } = await publishIt(contentOf())
  rmSync(join(directory, PATH))
  expect(await publishIt(contentOf())).toEqual({ manifest, wasThere: false })
  rmSync(join(directory, PATH))
  const shorter = dataContent('csv', COLUMNS, { rows: async function* () {}, isResumable: true })
  await expect(publishIt(shorter)).rejects.toMatchObject({ code: 'E7001' })
  expect(await readManifests(directory)).toHaveLength(1)
})

describe('what broke off', () => {
  const breakOff = async (facts = FACTS): Promise<void> => {
    await expect(publishIt(contentOf([], 140_000), facts)).rejects.toThrow('broken off')
    expect(readdirSync(directory).filter((name) => !name.startsWith('.'))).toEqual([])
  }
  const finish = async (): Promise<(RowPosition | undefined)[]> => {
    const asked: (RowPosition | undefined)[] = []
    await publishIt(contentOf(asked))
    expect(read(PATH).equals(encoded('csv', COLUMNS, ROWS))).toBe(true)
    return asked
  }
  const FROM_CHECKPOINT = [{ blockNumber: 99_999, logIndex: 0 }]

  test('is gone on with behind the last checkpoint', async () => {
    await breakOff()
    expect(await finish()).toEqual(FROM_CHECKPOINT)
  })

  test('is made anew where its part is not what it was', async () => {
    await breakOff()
    const part = join(directory, `.${PATH}.part`)
    const bytes = readFileSync(part)
    bytes[1_000] = (bytes[1_000] ?? 0) ^ 1
    writeFileSync(part, bytes)
    expect(await finish()).toEqual([undefined])
  })

  test('is made anew where its part is shorter than its journal says, or gone', async () => {
    await breakOff()
    const part = join(directory, `.${PATH}.part`)
    writeFileSync(part, readFileSync(part).subarray(0, 1_000))
    expect(await finish()).toEqual([undefined])
  })

  test('is made anew where it was of something else', async () => {
    await breakOff({ ...FACTS, economy: { ...FACTS.economy, sha256: 'f'.repeat(64) } })
    expect(await finish()).toEqual([undefined])
  })

  test('a line of the journal that was cut off does not count', async () => {
    await breakOff()
    const journal = join(directory, `.${PATH}.journal`)
    const text = readFileSync(journal, 'utf8')
    writeFileSync(journal, `${text}{"rows":125000,"byt`)
    expect(await finish()).toEqual(FROM_CHECKPOINT)
    rmSync(join(directory, PATH))
    rmSync(join(directory, '_manifests'), { recursive: true })
    await breakOff()
    writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -1))
    expect(await finish()).toEqual([undefined])
  })
})

test('a file of another program is published with the rows that it says it has', async () => {
  const facts = factsOf('treasury.journal', { dataset: 'treasury', format: 'hledger' })
  const { manifest } = await publishIt(
    wholeContent(async function* () {
      yield Buffer.from('one\n')
      yield Buffer.from('two\n')
      return 2
    }),
    facts,
  )
  expect(manifest).toMatchObject({ rows: 2, bytes: 8 })
})

test('a partition gets its folders', async () => {
  const file = 'transfers/month=2026-01/transfers-1-2.csv'
  await publishIt(contentOf(), factsOf(file, { partition: { month: '2026-01' } }))
  expect(readdirSync(dirname(join(directory, file)))).toEqual(['transfers-1-2.csv'])
})

test('a place where a folder cannot be is said', async () => {
  writeFileSync(join(directory, 'transfers'), 'a file')
  const facts = factsOf('transfers/month=2026-01/transfers-1-2.csv', { partition: { month: '2026-01' } })
  await expect(publishIt(contentOf(), facts)).rejects.toMatchObject({ code: 'E7005' })
})
