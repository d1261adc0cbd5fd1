import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildChain } from '../../../bench/ingest/simulator/chain'
import type { Endpoint } from '../../../bench/ingest/simulator/endpoint'
import type { Call } from '../../../bench/ingest/simulator/faults'
import { type Simulator, startSimulator } from '../../../bench/ingest/simulator/simulator'
import { createRpcClient } from '../../../src/devnet/rpc'
import {
  type GatewayServer,
  type GatewayServerOptions,
  readChain,
  startGatewayServer,
} from '../../support/gateway-server'
import {
  createSimulatedDatabase,
  dropSimulatedTemplate,
  type SimulatedDatabase,
} from '../../support/simulated-database'
import { equalsTruth } from '../../support/simulated-truth'
import { indexToHead } from './gateway-index'

type Tamper = NonNullable<GatewayServerOptions['tamper']>

const KEY = 'the-secret-key'
const FINALITY = 16
const SHAPE = { blocks: 160, events: 400, accounts: 40, noise: 3, finality: FINALITY, seed: 5 }
const CHAIN = buildChain(SHAPE)
const HEAD = CHAIN.head()
/** Blocks of one answer. */
const CHUNK = 20

let calls: Call[] = []
let node: Simulator
let history: GatewayServerOptions['chain']
/** Digest of each block with events, as nodes alone make an indexer store it. */
let byNodesAlone: readonly unknown[]
const opened: { close(): Promise<unknown> }[] = []

beforeAll(async () => {
  node = await startSimulator({ chain: CHAIN, onCall: (call) => calls.push(call) })
  history = await historyOf(node)
  const database = await createSimulatedDatabase()
  await indexToHead({ chain: CHAIN, nodeUrl: node.url, gatewayUrl: undefined, database })
  byNodesAlone = await digests(database)
  expect(await coverage(database)).toEqual([byNodes(1, HEAD)])
  await database.drop()
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()))
})

afterAll(async () => {
  await node.close()
  await dropSimulatedTemplate()
})

describe('history that begins at a gateway', () => {
  test('goes on from nodes where it ends, wherever that is: no block is missed, none is read twice', async () => {
    const places = fc.tuple(fc.integer({ min: 1, max: HEAD }), fc.integer({ min: 5, max: HEAD }))
    await fc.assert(
      fc.asyncProperty(places, async ([height, chunk]) => {
        const gateway = await serve({ height, chunk })
        const { warnings, runs } = await index(gateway)
        expect(warnings).toEqual([])
        // Of what the nodes do not call final, a gateway may say what it likes.
        const end = Math.min(height, HEAD - FINALITY)
        expect(runs).toEqual([byGateway(1, end), byNodes(end + 1, HEAD)])
        expect(lowestBlockOfLogs()).toBe(end + 1)
      }),
      { numRuns: 4, examples: [[[HEAD, CHUNK]]] },
    )
  })

  test('waits for nodes that are behind the gateway, where it got as far as they are', async () => {
    const gateway = await serve({ chunk: CHUNK })
    const isRead = (): boolean => gateway.requests.some(({ path }) => /chunk=1[0-4]\d$/.test(path))
    let sights = 0
    const late: Endpoint = await open(
      node.endpoint({
        lag: 40,
        onCall({ params: [block] }) {
          if (block !== 'latest' || !isRead()) return
          sights += 1
          if (sights === 5) late.setLag(0)
        },
      }),
    )
    const { runs } = await index(gateway, late)
    expect(runs).toEqual([byGateway(1, HEAD - 40), byNodes(HEAD - 39, HEAD)])
  })

  test('is taken up where nodes had gone on from, when the gateway has more of it', async () => {
    const chain = buildChain(SHAPE)
    const simulator = await open(startSimulator({ chain }))
    const database = await createSimulatedDatabase()
    const taken = async (tamper: Tamper = (_, answer) => answer, height = chain.finalized()) => {
      const gateway = await open(
        startGatewayServer({ chain: await historyOf(simulator), chunk: CHUNK, height, tamper }),
      )
      const options = { chain, nodeUrl: simulator.url, gatewayUrl: gateway.url, database }
      const warnings = await indexToHead(options)
      expect(await equalsTruth(database.client, chain)).toBe(chain.head())
      return { warnings, runs: await coverage(database) }
    }
    await taken(undefined, 70)
    // Blocks that were indexed as ones that may change are final now, and the gateway has them.
    const final = chain.finalized()
    chain.advance(60)
    const known = [byGateway(1, 70), byNodes(71, final)]
    expect(await taken()).toEqual({
      warnings: [],
      runs: [...known, byGateway(final + 1, final + 60), byNodes(final + 61, HEAD + 60)],
    })
    // It fails among them: what was undone for it comes back from nodes.
    chain.advance(60)
    const failure = final + 60 + FINALITY
    const { warnings, runs } = await taken(failingFrom(failure, chain.finalized(), { status: 500 }))
    expect(warnings).toEqual([expect.stringContaining('HTTP status 500')])
    expect(runs).toEqual([...known, byGateway(final + 1, failure - 1), byNodes(failure, HEAD + 120)])
    await database.drop()
  })
})

describe('a gateway that fails in the middle', () => {
  test.each([
    ['is overloaded for good', { status: 503 }, 'HTTP status 503'],
    ['no longer takes the key', { status: 403 }, 'the key is missing or not valid'],
    ['breaks its JSON', { body: '[{"header":{"number":8' }, 'does not fit its protocol'],
    ['hangs up', undefined, 'the connection fails'],
  ] as const)('%s: the rest comes from nodes', async (_, change, reason) => {
    const gateway = await serve({ chunk: CHUNK, tamper: failingFrom(4 * CHUNK, HEAD - FINALITY, change) })
    const { warnings, runs } = await index(gateway)
    expect(warnings).toEqual([expect.stringContaining(reason)])
    expect(warnings[0]).toContain('History is read from RPC_URL.')
    expect(runs).toEqual([byGateway(1, 4 * CHUNK - 1), byNodes(4 * CHUNK, HEAD)])
    expect(lowestBlockOfLogs()).toBe(4 * CHUNK)
  })
})

describe('a gateway that is not used at all', () => {
  test('is one that does not take the key, which no warning repeats', async () => {
    const gateway = await serve({ apiKey: 'another key' })
    const { warnings, runs } = await index(gateway)
    expect(warnings).toEqual([expect.stringContaining('the key is missing or not valid')])
    expect(warnings.join()).not.toMatch(/the-secret-key|another key/)
    expect(runs).toEqual([byNodes(1, HEAD)])
  })

  test('is one of another chain, by the hash of the newest block that both have', async () => {
    const other = buildChain({ ...SHAPE, seed: 6 })
    const foreign = await open(startSimulator({ chain: other }))
    const gateway = await open(startGatewayServer({ chain: await historyOf(foreign), height: 100 }))
    const { warnings, runs } = await index(gateway)
    const [there, here] = [other, CHAIN].map(({ store }) => store.facts(100).hash)
    expect(warnings).toEqual([
      `The gateway is not used: block 100 is ${there} at the gateway, but ${here} at the nodes. History is read from RPC_URL.`,
    ])
    expect(runs).toEqual([byNodes(1, HEAD)])
    expect(gateway.requests.every(({ path }) => !path.includes('/1/worker'))).toBe(true)
  })
})

/** A gateway of the chain, for one test. */
function serve(options: Omit<GatewayServerOptions, 'chain'>): Promise<GatewayServer> {
  return open(startGatewayServer({ apiKey: KEY, height: HEAD - FINALITY, ...options, chain: history }))
}

async function open<Server extends { close(): Promise<unknown> }>(
  starting: Promise<Server>,
): Promise<Server> {
  const server = await starting
  opened.push(server)
  return server
}

/** Fails from the answer that begins at a block on, for good; what it told of its newest block was before that. */
function failingFrom(block: number, newest: number, change: object | undefined): Tamper {
  return ({ path }, answer) => {
    const from = Number(/chunk=(\d+)$/.exec(path)?.[1] ?? -1)
    if (from < block || from === newest) return answer
    return change && { ...answer, ...change }
  }
}

/** Indexes the chain with this gateway, and makes sure of the result. */
async function index(
  { url: gatewayUrl }: GatewayServer,
  { url: nodeUrl }: Endpoint = node,
): Promise<{
  readonly warnings: readonly string[]
  readonly runs: readonly unknown[]
}> {
  const database = await createSimulatedDatabase()
  calls = []
  try {
    const options = { chain: CHAIN, nodeUrl, gatewayUrl, apiKey: KEY, database }
    const warnings = await indexToHead(options)
    expect(await equalsTruth(database.client, CHAIN)).toBe(HEAD)
    expect(await digests(database)).toEqual(byNodesAlone)
    return { warnings, runs: await coverage(database) }
  } finally {
    await database.drop()
  }
}

async function historyOf({ port }: Simulator): Promise<GatewayServerOptions['chain']> {
  const { call, close } = createRpcClient(port)
  try {
    return await readChain(call)
  } finally {
    close()
  }
}

/** The first block that a node was asked for logs of. */
function lowestBlockOfLogs(): number {
  const filters = calls
    .filter(({ method }) => method === 'eth_getLogs')
    .map(({ params }) => params[0] as { readonly fromBlock?: string })
  return Math.min(...filters.flatMap(({ fromBlock }) => (fromBlock === undefined ? [] : Number(fromBlock))))
}

async function digests({ client }: SimulatedDatabase): Promise<readonly unknown[]> {
  return (await client.query('SELECT block_number, hash, digest FROM snapshot ORDER BY block_number')).rows
}

async function coverage({ client }: SimulatedDatabase): Promise<readonly unknown[]> {
  const { rows } = await client.query(
    'SELECT from_block, to_block, source, verification, blocks_checked FROM coverage ORDER BY id',
  )
  return rows
}

function byGateway(from: number, to: number): object {
  return { from_block: from, to_block: to, source: 'GATEWAY', verification: 'NONE', blocks_checked: 0 }
}

function byNodes(from: number, to: number): object {
  return { ...byGateway(from, to), source: 'RPC' }
}
