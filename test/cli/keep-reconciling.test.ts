import type { Logger } from '@subsquid/logger'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ContractViews } from '../../src/chain/contract-views'
import { keepReconciling } from '../../src/cli/reconcile'
import type { Config } from '../../src/config'
import { ECONOMY } from '../support/small-economy'

const VIEWS: ContractViews = { answers: async () => [] }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Keeps reconciling a database that cannot be reached; a comparison begins with looking where it is. */
function keep(isCaughtUp: () => boolean): { begun: () => number; failed: () => Promise<void> } {
  let begun = 0
  let fail: () => void
  const failed = new Promise<void>((resolve) => {
    fail = resolve
  })
  const environment = {
    reconcileSeconds: 600,
    get databaseUrl(): string {
      begun += 1
      return 'postgres://127.0.0.1:1/none'
    },
  }
  keepReconciling({
    config: { environment, economy: ECONOMY } as unknown as Config,
    views: VIEWS,
    log: { warn: () => fail() } as unknown as Logger,
    isCaughtUp,
  })
  return { begun: () => begun, failed: () => failed }
}

test('an indexer that always trails by a block is compared after an interval', async () => {
  const { begun } = keep(() => false)
  await vi.advanceTimersByTimeAsync(599_000)
  expect(begun()).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun()).toBe(1)
})

test('one that has caught up is compared at once, and again after an interval', async () => {
  const { begun, failed } = keep(() => true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun()).toBe(1)
  await failed()
  await vi.advanceTimersByTimeAsync(599_000)
  expect(begun()).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun()).toBe(2)
})

test('one that catches up after its first comparison is compared again then', async () => {
  let hasCaughtUp = false
  const { begun, failed } = keep(() => hasCaughtUp)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(begun()).toBe(1)
  await failed()
  hasCaughtUp = true
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun()).toBe(2)
})
