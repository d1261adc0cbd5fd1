import { afterAll, describe, expect, test } from 'vitest'
import { buildChain } from '../../bench/ingest/simulator/chain'
import { openEndpoint } from '../../bench/ingest/simulator/endpoint'
import {
  type Call,
  FAULT_NAMES,
  type FaultName,
  type FaultRule,
  FAULTS as STAGES,
} from '../../bench/ingest/simulator/faults'
import { EconomyError } from '../../src/core/errors'
import {
  createSimulatedDatabase,
  dropSimulatedTemplate,
  type SimulatedDatabase,
} from '../support/simulated-database'
import { startSimulatedIndex } from '../support/simulated-index'
import { equalsTruth } from '../support/simulated-truth'
import { type End, FAULTS, type Mode } from './fault-table'

/** Every block has a real hash and a real receipts root; the newest one has events, so that its logs can be late. */
const CHAIN = buildChain({
  blocks: 120,
  events: 320,
  sealed: true,
  accounts: 40,
  finality: 8,
  noise: 3,
  seed: 10,
})
const HEAD = CHAIN.head()
/** Faults that are a statement of who the endpoint is: one that passes is refused all the same. */
const REFUSED_AT_ONCE: readonly FaultName[] = ['other-chain', 'null-blocks']

afterAll(dropSimulatedTemplate)

interface Setting {
  /** What each endpoint does wrong, in order of preference. */
  readonly faults: readonly (readonly FaultRule[])[]
  readonly mode: Mode
  /** How many blocks below the head are far enough. */
  readonly below?: number
  /** How long the first node may take, in milliseconds. */
  readonly patience?: number
}

/** Indexes the chain until it is reached or refused. */
async function indexed(
  { faults, mode, below = 0, patience = 10_000 }: Setting,
  database: SimulatedDatabase,
): Promise<End> {
  const endpoints = await Promise.all(faults.map((rules) => openEndpoint(CHAIN, { faults: rules })))
  try {
    const index = await startSimulatedIndex({
      chain: CHAIN,
      urls: endpoints.map(({ url }) => url),
      database,
      verification: { mode },
      requestTimeout: 300,
      answerLimit: 2 * 2 ** 20,
      patience,
    })
    await index.reachesHead(below).finally(index.stop)
    return below === 0 ? 'head' : 'behind'
  } catch (error) {
    if (error instanceof EconomyError) return error.code as End
    throw error
  } finally {
    // Or it would say nothing that all went well.
    const [faulty] = endpoints
    for (const { fault } of faults[0] ?? []) expect(faulty?.stats().faults[fault], fault).toBeGreaterThan(0)
    await Promise.all(endpoints.map((endpoint) => endpoint.close()))
  }
}

/** The same in a database of its own, and everything that is stored at the end is true. */
async function endOf(setting: Setting): Promise<End> {
  const database = await createSimulatedDatabase()
  try {
    const end = await indexed(setting, database)
    const height = await equalsTruth(database.client, CHAIN)
    if (end === 'head') expect(height).toBe(HEAD)
    return end
  } finally {
    await database.drop()
  }
}

const isLater = ({ params }: Call): boolean => params[0] !== '0x0'
const fartherThan = (end: End): number => (end === 'behind' ? 1 : 0)

describe.concurrent('a fault that passes, at the only endpoint', () => {
  test.each(FAULT_NAMES.filter((fault) => !REFUSED_AT_ONCE.includes(fault)))('%s', async (fault) => {
    const faults = [
      [
        { fault, count: 2 },
        { fault, after: 12, count: 3 },
      ],
    ]
    expect(await endOf({ faults, mode: FAULTS[fault].needs })).toBe('head')
  })
})

describe.concurrent('a fault of the endpoint of preference, next to one that is right', () => {
  // Where they agree on the first block, as ever; who is right about that, nobody can tell.
  test.each(FAULT_NAMES)('%s', async (fault) => {
    const { needs, alone } = FAULTS[fault]
    const setting = { faults: [[{ fault, when: isLater }], []], mode: needs, below: fartherThan(alone) }
    expect(await endOf(setting)).toBe(alone === 'behind' ? 'behind' : 'head')
  })
})

describe.concurrent('a fault of the only endpoint, always', () => {
  test.each(FAULT_NAMES)('%s', async (fault) => {
    const { needs, alone } = FAULTS[fault]
    const setting = { faults: [[{ fault }]], mode: needs, below: fartherThan(alone), patience: 1_000 }
    expect(await endOf(setting)).toBe(alone)
  })
})

describe.concurrent('a lie, where receipts are verified', () => {
  const lies = FAULT_NAMES.filter((fault) => STAGES[fault] === 'lie' && FAULTS[fault].needs !== 'receipts')

  test.each(lies.filter((fault) => !REFUSED_AT_ONCE.includes(fault)))('%s', async (fault) => {
    expect(await endOf({ faults: [[{ fault, when: isLater }], []], mode: 'receipts' })).toBe('head')
  })
})

/** Who believes an endpoint without proof indexes what it says, unless the sums do not come out. */
describe.concurrent('a lie about finalized history is not seen', () => {
  const weaker: Readonly<Record<Mode, readonly Mode[]>> = {
    none: [],
    bloom: ['none'],
    receipts: ['none', 'bloom'],
  }
  // One who is on another history from the start on is not seen either, but here its blocks have no other hashes.
  const liars = FAULT_NAMES.filter((fault) => fault !== 'other-history')
  const unseen = liars.flatMap((fault) => weaker[FAULTS[fault].needs].map((mode) => ({ fault, mode })))

  test.each(unseen)('by VERIFICATION=$mode: $fault', async ({ fault, mode }) => {
    const database = await createSimulatedDatabase()
    try {
      const isFinal = ({ method, params }: Call): boolean => !isOfHead(method, params)
      const setting = { faults: [[{ fault, when: isFinal }]], mode, below: CHAIN.options.finality }
      const end = await indexed(setting, database)
      if (end === 'behind') await expect(equalsTruth(database.client, CHAIN)).rejects.toThrow()
      else expect(['E2001', 'E2005', 'E3010']).toContain(end)
    } finally {
      await database.drop()
    }
  })
})

describe.concurrent('a database that is filled from one history', () => {
  test.each([
    ['other-history', 'E3015'],
    ['other-chain', 'E3003'],
  ] as const)('is not continued from an endpoint with %s', async (fault, code) => {
    const database = await createSimulatedDatabase()
    try {
      const honest = await indexed({ faults: [[]], mode: 'none' }, database)
      expect(honest).toBe('head')
      expect(await indexed({ faults: [[{ fault }]], mode: 'none' }, database)).toBe(code)
      expect(await equalsTruth(database.client, CHAIN)).toBe(HEAD)
    } finally {
      await database.drop()
    }
  })
})

/** Whether a call is about blocks that are not final yet: those are held against their blooms in every mode. */
function isOfHead(method: string, params: readonly unknown[]): boolean {
  const [first] = params as [unknown]
  const block = method === 'eth_getLogs' ? (first as { fromBlock?: string }).fromBlock : first
  return block === undefined || block === 'latest' || Number(block) > CHAIN.finalized()
}
