import { expect } from 'vitest'
import { buildChain, type SimulatedChain } from '../../bench/ingest/simulator/chain'
import { openEndpoint } from '../../bench/ingest/simulator/endpoint'
import { EconomyError } from '../../src/core/errors'
import { createSimulatedDatabase } from '../support/simulated-database'
import { startSimulatedIndex } from '../support/simulated-index'
import { type EveryDigest, equalsTruth, noteDigests, wasTrue } from '../support/simulated-truth'
import { mixedPlan, type Step } from './mixed-plan'

/** Codes that say clearly which endpoint cannot be used or believed. */
const CLEAR = ['E3002', 'E3003', 'E3014', 'E3015', 'E3017', 'E3018']

/**
 * Indexes a chain that changes from endpoints that fail and lie, as a seed decides, until its head is reached or the
 * program refuses to go on; whatever is stored by then has to be true.
 * @returns `head`, or the code of the refusal
 */
export async function runMixed(seed: number): Promise<string> {
  const plan = mixedPlan(seed)
  const chain = buildChain(plan.chain)
  const every: EveryDigest = new Map()
  noteDigests(chain, every)
  const script = play(chain, plan.steps, () => noteDigests(chain, every))
  const endpoints = await Promise.all(
    plan.endpoints.map((options) => openEndpoint(chain, { ...options, onCall: script.called })),
  )
  const database = await createSimulatedDatabase()
  try {
    const index = await startSimulatedIndex({
      chain,
      urls: endpoints.map(({ url }) => url),
      database,
      verification: plan.verification,
      requestTimeout: 200,
      answerLimit: 2 * 2 ** 20,
    })
    const done = script.done.then(() => index.reachesHead())
    await Promise.race([done, index.ended]).finally(index.stop)
    expect(await equalsTruth(database.client, chain)).toBe(chain.head())
    return 'head'
  } catch (error) {
    if (!(error instanceof EconomyError) || !CLEAR.includes(error.code)) throw error
    console.log(
      seed,
      error.message,
      JSON.stringify(plan, (_, v) => (typeof v === 'function' ? 'f' : v)),
    )
    await wasTrue(database.client, every)
    return error.code
  } finally {
    await database.drop()
    await Promise.all(endpoints.map((endpoint) => endpoint.close()))
  }
}

/** Changes the chain step by step, each after so many calls. */
function play(
  chain: SimulatedChain,
  steps: readonly Step[],
  changed: () => void,
): { readonly called: () => void; readonly done: Promise<void> } {
  const left = [...steps]
  let calls = 0
  let finish = (): void => undefined
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  const called = (): void => {
    calls += 1
    const [step] = left
    if (step === undefined) finish()
    else if (calls >= step.afterCalls) {
      calls = 0
      left.shift()
      take(chain, step)
      changed()
    }
  }
  return { called, done }
}

/** What is final stays; and a chain never gets shorter here, which would take its time to be believed. */
function take(chain: SimulatedChain, { depth, blocks, events }: Step): void {
  const possible = Math.min(depth, chain.head() - chain.finalized())
  if (possible === 0) chain.advance(Math.max(blocks, 1), { events })
  else chain.reorg(possible, { blocks: Math.max(blocks - depth, 0) + possible, events })
}
