import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatewayBlock } from '../../src/chain/source/gateway-blocks'
import type { GatewayAnswer, GatewayServerOptions } from '../support/gateway-server'
import { batchesOf, failureOf, type GatewayOfChain, startGatewayOfChain } from './gateway-of-chain'

const KEY = 'the-secret-key'

let gateways: GatewayOfChain

beforeAll(async () => {
  gateways = await startGatewayOfChain()
})

afterAll(() => gateways.close())

describe('a gateway that cannot be used', () => {
  const text = (body: string) => (): GatewayAnswer => ({ status: 200, type: 'text/plain', body })
  const status = (code: number) => (_: unknown, answer: GatewayAnswer) => ({ ...answer, status: code })
  /** Changes what workers answer. */
  const ofWorkers =
    (
      change: (answer: GatewayAnswer) => GatewayAnswer | undefined,
    ): NonNullable<GatewayServerOptions['tamper']> =>
    ({ path }, answer) =>
      path.startsWith('/worker/') ? change(answer) : answer

  test.each([
    ['HTTP status 401', status(401)],
    ['HTTP status 403', status(403)],
    ['HTTP status 404', status(404)],
    ['HTTP status 500', status(500)],
    ['HTTP status 429', status(429)],
    ['the connection fails with', () => undefined],
    ['does not fit its protocol', text('soon')],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: answer.body.slice(0, -40) }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: '<html>' }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: '{"error":"sorry"}' }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: '[]' }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: '[{"header":{"number":0}}]' }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, body: '[null]' }))],
    ['does not fit its protocol', ofWorkers((answer) => ({ ...answer, type: 'text/plain' }))],
    ['HTTP status 502', ofWorkers((answer) => ({ ...answer, status: 502 }))],
  ] as const)('is refused, without a secret: %s', async (reason, tamper) => {
    const { server, source } = await gateways.serve({ tamper }, KEY)
    const error = await failureOf(batchesOf(source, gateways.requests()))
    expect(error.code).toBe('E3016')
    expect(error.reason).toContain(reason)
    const { port } = new URL(server.url)
    const shown = JSON.stringify([error, gateways.records])
    for (const secret of [KEY, 'with-a-token', port]) expect(shown).not.toContain(secret)
  })

  test('is refused with its key, which is not in the statement', async () => {
    const { source } = await gateways.serve({ apiKey: 'the right key' }, KEY)
    for (const asking of [
      source.getFinalizedHeight(),
      source.getBlockHash(1),
      batchesOf(source, gateways.requests()),
    ]) {
      const error = await failureOf(asking)
      expect(error.code).toBe('E3016')
      expect(error.message).toContain('http://shown/*** cannot be used')
      expect(error.message).toContain('the key is missing or not valid there')
      expect(JSON.stringify(error)).not.toMatch(/the-secret-key|the right key/)
    }
  })

  type Fields = Record<string, unknown>
  interface Answered {
    header: Fields
    logs: Fields[]
    transactions: Fields[]
  }
  /** Two logs of one block name each other's transaction. */
  const swapTransactions = (blocks: Answered[]): void => {
    for (const { logs } of blocks) {
      const [first, last] = [logs[0], logs.at(-1)]
      if (first?.transactionIndex === last?.transactionIndex || !first || !last) continue
      const swapped = [last.transactionIndex, first.transactionIndex]
      first.transactionIndex = swapped[0]
      last.transactionIndex = swapped[1]
      return
    }
  }
  const withLogs = (blocks: Answered[]): Answered => blocks.find(({ logs }) => logs.length > 1) as Answered

  test.each([
    ['comes after its block', (blocks: Answered[]) => blocks.reverse()],
    ['comes after its block', (blocks: Answered[]) => blocks.splice(1, 0, blocks[0] as Answered)],
    [
      'was not asked for',
      (blocks: Answered[]) => Object.assign(blocks.at(-1)?.header ?? {}, { number: 1_000_000 }),
    ],
    [
      'does not follow',
      (blocks: Answered[]) => Object.assign(blocks[1]?.header ?? {}, { parentHash: blocks[1]?.header.hash }),
    ],
    [
      'has a hash that is none',
      (blocks: Answered[]) => Object.assign(blocks[1]?.header ?? {}, { hash: '0x12' }),
    ],
    ['is older than', (blocks: Answered[]) => Object.assign(blocks[1]?.header ?? {}, { timestamp: 1 })],
    ['twice', (blocks: Answered[]) => withLogs(blocks).logs.push(withLogs(blocks).logs[0] ?? {})],
    ['out of order', (blocks: Answered[]) => swapTransactions(blocks)],
    ['a log', (blocks: Answered[]) => Object.assign(withLogs(blocks).logs[0] ?? {}, { address: '0x12' })],
    ['topics', (blocks: Answered[]) => Object.assign(withLogs(blocks).logs[0] ?? {}, { topics: ['0x12'] })],
    [
      'not asked for',
      (blocks: Answered[]) =>
        Object.assign(withLogs(blocks).logs[0] ?? {}, { address: `0x${'12'.repeat(20)}` }),
    ],
    ['lacks the transaction', (blocks: Answered[]) => Object.assign(withLogs(blocks), { transactions: [] })],
  ])('since what it says cannot be true is refused: %s', async (reason, change) => {
    const tamper = ofWorkers((answer) => {
      const blocks = JSON.parse(answer.body) as Answered[]
      change(blocks)
      return { ...answer, body: JSON.stringify(blocks) }
    })
    const { source } = await gateways.serve({ tamper })
    const error = await failureOf(
      batchesOf(source, gateways.requests(0, gateways.head - 1, { includeAllBlocks: true })),
    )
    expect(error.code).toBe('E3016')
    expect(error.reason).toMatch(/^its block \d+ /)
    expect(error.reason).toContain(reason)
  })

  test('since it gives another block than the one asked for is refused', async () => {
    const tamper = ofWorkers((answer) => ({
      ...answer,
      body: answer.body.replace('"number":7', '"number":8'),
    }))
    const { source } = await gateways.serve({ tamper })
    const error = await failureOf(source.getBlockHash(7))
    expect(error).toMatchObject({ code: 'E3016', reason: expect.stringContaining('block 7') })
  })

  test('keeps what it gave before', async () => {
    let workers = 0
    const tamper = ofWorkers((answer) => {
      workers += 1
      return workers <= 2 ? answer : { ...answer, status: 404 }
    })
    const { source } = await gateways.serve({ tamper, chunk: 20 })
    const read: GatewayBlock[] = []
    const reading = async (): Promise<void> => {
      for await (const { blocks } of source.getFinalizedBlocks(gateways.requests(), true))
        read.push(...blocks)
    }
    expect((await failureOf(reading())).code).toBe('E3016')
    expect(read.at(-1)?.header.height).toBe(39)
    expect(gateways.logsOf(read)).toEqual(gateways.truth(0, 39))
  })
})
