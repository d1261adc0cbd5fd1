import { Gauge, Registry } from 'prom-client'
import { z } from 'zod'
import { EconomyError } from '../core/errors'
import type { InvariantAt } from '../read/invariants-at'
import type { Reads } from '../read/reads'
import { type StoreStatus, unreadiness } from '../read/store-status'
import { emptyQuery } from './as-of-query'
import type { Reply } from './reply'
import { pageRoute } from './route'
import type { RestServices } from './services'

/** What one scrape found; null where there is nothing yet. */
interface Measured {
  readonly ready: boolean
  readonly now: number
  readonly status: StoreStatus
  readonly upgrades: number | null
  readonly invariants: readonly InvariantAt[]
}

/**
 * `GET /metrics`: the state of the service for Prometheus, read from the database at each scrape. What is not known
 * has no sample, and no amount is a metric: samples are floats. Answers even without a database, for a scrape that
 * fails says less than one that says so.
 */
async function getMetrics(services: RestServices): Promise<Reply> {
  // A registry for each scrape: a sample of an earlier one can never stay behind.
  const registry = new Registry()
  const measured = await measure(services)
  put(registry, 'ashao_ready', READY, Number(measured?.ready ?? false))
  if (measured !== undefined) putAll(registry, measured)
  return {
    status: 200,
    headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
    body: await registry.metrics(),
  }
}

const READY = 'Whether figures about now can be served (1) or not (0); /ready says why not.'

async function measure({ store, economy, report }: RestServices): Promise<Measured | undefined> {
  try {
    return await store.snapshot(async (reads) => {
      const status = await reads.status()
      const ready = unreadiness(status, economy, reads.freshness).length === 0
      const history = await historyOf(reads, status)
      return { ready, now: reads.freshness.now, status, ...history }
    })
  } catch (error) {
    if (!(error instanceof EconomyError)) report(error)
    return undefined
  }
}

/** What is only known of an indexed block: of the newest one, however old it is. */
async function historyOf(
  reads: Reads,
  { head, snapshot }: StoreStatus,
): Promise<Pick<Measured, 'upgrades' | 'invariants'>> {
  if (head === null || snapshot === null) return { upgrades: null, invariants: [] }
  const asOf = await reads.resolve({ kind: 'number', number: head.block })
  const { economy } = await reads.economyAt(asOf)
  return { upgrades: economy.upgradeCount, invariants: await reads.invariantsAt(asOf) }
}

function putAll(registry: Registry, { now, status, upgrades, invariants }: Measured): void {
  const { head, finalizedBlock, source, counts, coverage, reconciliation } = status
  const single = (name: string, help: string, value: number | null | undefined): void => {
    if (value !== null && value !== undefined) put(registry, name, help, value)
  }
  single('ashao_indexed_block', 'Newest indexed block.', head?.block)
  const final = finalizedBlock !== null && finalizedBlock >= 0 ? finalizedBlock : null
  single('ashao_finalized_block', 'Newest indexed block that can no longer be reorganised away.', final)
  single('ashao_chain_head_block', 'Newest block that the indexer saw at its source.', source?.chainHead)
  const lag = head === null ? null : Math.max(0, Math.floor(now - head.timestamp))
  single('ashao_lag_seconds', 'Seconds from the newest indexed block to now.', lag)
  single('ashao_events', 'Indexed events; fewer after a reorganisation, so it is a gauge.', counts?.events)
  single('ashao_upgrades', 'Upgraded events of the contracts after they began to speak.', upgrades)
  const judged = invariants.filter(({ status: verdict }) => verdict !== 'UNKNOWN')
  if (judged.length > 0) {
    const gauge = gaugeOf(registry, 'ashao_invariant_holds', HOLDS, ['invariant'])
    for (const { name, status: verdict } of judged) {
      gauge.set({ invariant: name }, Number(verdict === 'HOLDS'))
    }
  }
  const broken = invariants.filter(({ firstBroken }) => firstBroken !== null)
  if (broken.length > 0) {
    const gauge = gaugeOf(registry, 'ashao_invariant_first_broken_block', FIRST_BROKEN, ['invariant'])
    for (const { name, firstBroken } of broken) {
      if (firstBroken !== null) gauge.set({ invariant: name }, firstBroken.block)
    }
  }
  if (coverage.totals.length > 0) {
    const ways = ['source', 'verification'] as const
    const covered = gaugeOf(registry, 'ashao_blocks_covered', COVERED, ways)
    const checked = gaugeOf(registry, 'ashao_blocks_checked', CHECKED, ways)
    for (const { source: from, verification, blocks, blocksChecked } of coverage.totals) {
      const way = { source: from.toLowerCase(), verification: verification.toLowerCase() }
      covered.set(way, blocks)
      checked.set(way, blocksChecked)
    }
  }
  if (reconciliation === null) return
  const { equal, different, gaps, standing, block, checkedAt } = reconciliation
  const checks = gaugeOf(registry, 'ashao_reconciliation_checks', CHECKS, ['result'])
  checks.set({ result: 'equal' }, equal)
  checks.set({ result: 'different' }, different)
  checks.set({ result: 'gap' }, gaps)
  single('ashao_reconciliation_standing_differences', STANDING, standing.length)
  single('ashao_reconciliation_block', 'Block of the latest reconciliation.', block)
  single('ashao_reconciliation_timestamp_seconds', 'Time of the latest reconciliation.', checkedAt)
}

const COVERED = 'Indexed blocks, by where they were read and by how they were to be verified.'
const CHECKED = 'Indexed blocks of which that was checked.'
const HOLDS = 'Whether an invariant holds (1) or not (0) at the newest indexed block; absent where unknown.'
const FIRST_BROKEN = 'Block at which an invariant first did not hold; absent where it always did.'
const CHECKS = 'Figures of the latest reconciliation with the chain, by how they came out.'
const STANDING = 'Differences from the chain that were found, at whatever block, and not found equal since.'

function put(registry: Registry, name: string, help: string, value: number): void {
  gaugeOf(registry, name, help, []).set(value)
}

function gaugeOf<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
}

export const METRICS_ROUTE = pageRoute({
  path: '/metrics',
  operation: 'getMetrics',
  tag: 'service',
  summary: 'Metrics for Prometheus',
  description: 'The state of the service. What is not known has no sample, and no amount is a metric.',
  query: emptyQuery,
  page: getMetrics,
  answers: [{ status: 200, type: 'text/plain', description: 'Prometheus’ text format.', schema: z.string() }],
})
