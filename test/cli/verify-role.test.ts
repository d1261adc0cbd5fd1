import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { buildChain } from '../../bench/ingest/simulator/chain'
import { exitCodeOf } from '../../src/cli/exit'
import { runVerify } from '../../src/cli/verify-role'
import { eventBlocks } from '../bench/event-blocks'
import { exportHistory, foldedHistory } from '../export/verify/exported-history'
import { economyOf } from '../support/simulated-truth'

let directory: string
beforeAll(async () => {
  const chain = buildChain({ blocks: 30, events: 60, accounts: 16 })
  const history = foldedHistory(eventBlocks(chain), economyOf(chain))
  directory = await mkdtemp(join(tmpdir(), 'ashao-verify-role-'))
  await exportHistory(directory, history, [
    { dataset: 'transfers' },
    { dataset: 'snapshots', format: 'parquet' },
  ])
})
afterAll(() => rm(directory, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    text += piece
    return true
  })
  return { code: await runVerify({}, args), text }
}

test('one screen of 80 columns says what holds, what was not checked, and the one value to keep', async () => {
  const { code, text } = await run(directory)
  expect(code).toBe(0)
  const lines = text.split('\n')
  expect(lines.length).toBeLessThan(50)
  // The directory is named as it was given.
  for (const line of lines.slice(1)) expect(line.length).toBeLessThanOrEqual(80)
  expect(text).toMatch(/^transfers csv +1 +\d+ ok {3}ok {3}ok {4}ok {5}ok {3}– {6}–$/m)
  expect(text).toContain('All that was checked holds.')
  expect(text).toContain('there is no export of burns')
  expect(text).toMatch(/^SHA-256 of _manifests\/000002\.json\n[0-9a-f]{64}$/m)
})

test('what does not hold ends with 65, and is named', async () => {
  const { text: before } = await run(directory)
  const [, name = ''] = /Exports in (.*)/.exec(before) ?? []
  expect(name).toBe(directory)
  const [, to = ''] = /blocks \d+ to (\d+)/.exec(before) ?? []
  await truncate(join(directory, `transfers-1-${to}.csv`), 400)
  const { code, text } = await run(directory)
  expect(code).toBe(65)
  expect(text).toMatch(/^transfers csv +1 +\d+ NO {3}NO/m)
  expect(text).toMatch(/^NO {2}transfers-1-\d+\.csv: it has 400 bytes, and/m)
  expect(text).toContain('Do not rely on these files.')
})

test('a directory that is no export ends with 78', async () => {
  const error = await run(tmpdir()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'E7021' })
  expect(exitCodeOf(error)).toBe(78)
})

test('what is not understood is refused', async () => {
  await expect(run('--quick', directory)).rejects.toMatchObject({ code: 'E6209' })
  await expect(run()).rejects.toMatchObject({ code: 'E6209' })
})
