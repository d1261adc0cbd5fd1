import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { economyFolder, economyText } from '../support/economy-file'
import { createTestDatabase } from '../support/postgres'

const PASSWORD = 'p@ss-w0rd/of:the#database'
const KEY = 'kEy-0f-the-n0de-0123456789'
const MAIN = resolve('lib/main.js')

const folder = economyFolder(economyText())
let database: Awaited<ReturnType<typeof createTestDatabase>>
let deadPort: number

beforeAll(async () => {
  database = await createTestDatabase()
  deadPort = await freePort()
})

afterAll(async () => {
  folder.remove()
  await database.drop()
})

/** Runs a role to its end in a folder without a .env file. */
function run(
  role: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done, reject) => {
    const env = { PATH: process.env.PATH, ECONOMY_FILE: folder.file, ...variables }
    const child = spawn(process.execPath, [MAIN, role], { cwd: folder.directory, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', reject)
    child.once('close', (code) => done({ code, output }))
  })
}

const rpcUrl = () => `http://127.0.0.1:${deadPort}/v2/${KEY}?key=${KEY}`

function expectNoSecret(output: string): void {
  for (const secret of [KEY, PASSWORD, encodeURIComponent(PASSWORD)]) expect(output).not.toContain(secret)
}

test.each(['trace', 'info'])(
  'a database that is away is one sentence without a secret (log level %s)',
  async (level) => {
    const url = `postgres://u:${encodeURIComponent(PASSWORD)}@127.0.0.1:${deadPort}/ashao`
    const { code, output } = await run('indexer', { RPC_URL: rpcUrl(), DATABASE_URL: url, LOG_LEVEL: level })
    expectNoSecret(output)
    expect(output).toMatch(
      new RegExp(
        `^E4004: The database at postgres://127\\.0\\.0\\.1:${deadPort}/ashao cannot be used: [^\\n]+\\n$`,
      ),
    )
    expect(code).toBe(75)
  },
)

test('a node that is away is one sentence without a secret', async () => {
  const url = new URL(database.url)
  const { code, output } = await run('indexer', { RPC_URL: rpcUrl(), DATABASE_URL: url.href })
  expectNoSecret(output)
  const lines = output.trimEnd().split('\n')
  expect(lines.at(-1)).toMatch(
    new RegExp(`^E3002: The node at http://127\\.0\\.0\\.1:${deadPort}/\\*\\*\\* does not answer: .+\\.$`),
  )
  expect(lines.filter((line) => !line.startsWith('{'))).toHaveLength(1)
  expect(code).toBe(75)
})

test('two nodes that are away: a warning for each, the first one reported, no secret', async () => {
  const urls = `${rpcUrl()},http://me:${KEY}@127.0.0.1:${deadPort}/second`
  const { code, output } = await run('indexer', { RPC_URL: urls, DATABASE_URL: database.url })
  expectNoSecret(output)
  expect(output.match(/cannot be used/g)).toHaveLength(2)
  expect(code).toBe(75)
})

test('a configuration that is wrong in many ways is one report, and starting again cannot help', async () => {
  const variables = {
    RPC_URL: `ftp://127.0.0.1/${KEY}`,
    DATABASE_URL: `mysql://u:${encodeURIComponent(PASSWORD)}@127.0.0.1/x`,
    PORT: 'x',
  }
  const { code, output } = await run('indexer', variables)
  expectNoSecret(output)
  expect(output).toMatch(/^E1001: The configuration has 3 problems:\n/)
  expect(code).toBe(78)
})

test('an indexer without a node or a database names the variable', async () => {
  const { code, output } = await run('indexer', {
    DATABASE_URL: `postgres://u:${KEY}@127.0.0.1:${deadPort}/x`,
  })
  expect(output).toContain('RPC_URL')
  expectNoSecret(output)
  expect(code).toBe(78)
})
