import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { economyJson } from '../../src/config/economy-json'
import type { Manifest } from '../../src/export/manifest'
import { appendManifest, readManifests } from '../../src/export/manifests'
import { storeEconomy } from '../../src/export/store-economy'
import { ECONOMY } from '../support/small-economy'
import { factsOf } from './facts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-manifests-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const MEASURED = { sha256: 'ab'.repeat(32), bytes: 1_234, rows: 56 }
const append = (file: string): Promise<Manifest> =>
  appendManifest(directory, { ...MEASURED, ...factsOf(file) })
const pathOf = (name: string): string => join(directory, '_manifests', name)
const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

test('there are none where there is no directory', async () => {
  expect(await readManifests(join(directory, 'nowhere'))).toEqual([])
})

test('each one carries the hash of the one before it', async () => {
  for (const file of ['one.csv', 'two.csv', 'three.csv']) await append(file)
  const stored = await readManifests(directory)
  expect(stored.map(({ path }) => path)).toEqual(
    ['000001', '000002', '000003'].map((name) => `_manifests/${name}.json`),
  )
  expect(stored.map(({ manifest }) => manifest.previous)).toEqual([
    null,
    sha256Of(pathOf('000001.json')),
    sha256Of(pathOf('000002.json')),
  ])
  expect(stored.map(({ sha256 }) => sha256)).toEqual(
    stored.map(({ path }) => sha256Of(join(directory, path))),
  )
  expect(stored.map(({ manifest }) => manifest.file)).toEqual(['one.csv', 'two.csv', 'three.csv'])
  expect(readdirSync(join(directory, '_manifests'))).toHaveLength(3)
})

test('it is written in one way, whatever order it was put together in', async () => {
  await append('one.csv')
  const { previous: _, ...golden } = JSON.parse(readFileSync(pathOf('000001.json'), 'utf8')) as Manifest
  expect(Object.keys(golden)).toEqual([
    ...['manifestVersion', 'sequence', 'file', 'sha256', 'bytes', 'rows', 'dataset', 'format', 'account'],
    ...['partition', 'chainId', 'contracts', 'partial', 'fromBlock', 'toBlock', 'toBlockHash'],
    ...[
      'toBlockTimestamp',
      'time',
      'historyDigest',
      'economy',
      'schemaVersion',
      'methodologyVersion',
      'generator',
    ],
  ])
  const text = readFileSync(pathOf('000001.json'), 'utf8')
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)
})

test('a hole is refused, both to read and to write behind', async () => {
  for (const file of ['one.csv', 'two.csv', 'three.csv']) await append(file)
  rmSync(pathOf('000002.json'))
  const hole = { code: 'E7003', facts: { missing: '_manifests/000002.json', found: '000003.json' } }
  await expect(readManifests(directory)).rejects.toMatchObject(hole)
  await expect(append('four.csv')).rejects.toMatchObject(hole)
})

test.each([
  ['a version of the future', (text: string) => text.replace('"manifestVersion": 1', '"manifestVersion": 2')],
  ['a member too many', (text: string) => text.replace('"rows"', '"lines": 1,\n  "rows"')],
  ['a member too few', (text: string) => text.replace(/ *"rows".*\n/, '')],
  ['something that is cut off', (text: string) => text.slice(0, -10)],
])('%s is not guessed at', async (_, change) => {
  await append('one.csv')
  writeFileSync(pathOf('000001.json'), change(readFileSync(pathOf('000001.json'), 'utf8')))
  const unreadable = { code: 'E7004', facts: { file: '_manifests/000001.json' } }
  await expect(readManifests(directory)).rejects.toMatchObject(unreadable)
  await expect(append('two.csv')).rejects.toMatchObject(unreadable)
})

test('the rules of the economy are beside them once', async () => {
  const { file, sha256 } = await storeEconomy(directory, ECONOMY)
  expect(await storeEconomy(directory, ECONOMY)).toEqual({ file, sha256 })
  expect(file).toBe(`_manifests/economy-${sha256.slice(0, 12)}.json`)
  expect(sha256Of(join(directory, file))).toBe(sha256)
  expect(readdirSync(join(directory, '_manifests'))).toHaveLength(1)
  expect(readFileSync(join(directory, file), 'utf8')).toBe(economyJson(ECONOMY))
})
