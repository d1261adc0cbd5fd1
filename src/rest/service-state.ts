import { z } from 'zod'
import { isoOf } from '../core/iso-time'
import type { CoverageSummary } from '../read/coverage'
import { Refusal } from '../read/errors'
import { type StoreStatus, unreadiness } from '../read/store-status'
import { emptyQuery } from './as-of-query'
import { json, type Reply, withHeaders } from './reply'
import { type Answer, jsonAnswer, pageRoute } from './route'
import type { RestServices } from './services'
import { statusShape } from './status-schema'
import { isoTime } from './wire-schema'

/** Intervals without a comparison with the chain from which it counts as overdue: one may have failed. */
const INTERVALS = 3

const FRESH = { 'cache-control': 'no-store' }

/** `GET /health`: the process is alive; says nothing about the database. */
function getHealth(): Reply {
  return withHeaders(json({ alive: true }), FRESH)
}

/** `GET /ready`: 200 when figures about "now" can be served; else 503 with every reason. */
async function getReady({ store, economy }: RestServices): Promise<Reply> {
  const reasons = await refusals(() =>
    store.snapshot(async (reads) => unreadiness(await reads.status(), economy, reads.freshness)),
  )
  if (reasons.length === 0) return withHeaders(json({ ready: true, reasons: [] }), FRESH)
  const wait = Math.max(...reasons.map((reason) => reason.retryAfterSeconds ?? 0))
  const body = { ready: false, reasons: reasons.map(reasonJson) }
  return withHeaders(json(body, 503), { ...FRESH, 'retry-after': String(wait) })
}

/** What cannot even be asked is itself the reason. */
async function refusals(ask: () => Promise<Refusal[]>): Promise<Refusal[]> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Refusal) return [error]
    throw error
  }
}

/** `GET /status`: heads, lag, source, counts; 200 with nulls and problems while the store is still empty. */
async function getStatus(services: RestServices): Promise<Reply> {
  const { store, economy, startedAt } = services
  return store.snapshot(async (reads) => {
    const status = await reads.status()
    const problems = unreadiness(status, economy, reads.freshness).map(reasonJson)
    return withHeaders(
      json({ ...statusJson(services, status, reads.freshness.now), problems, startedAt: isoOf(startedAt) }),
      FRESH,
    )
  })
}

function statusJson({ economy, reconcileSeconds }: RestServices, status: StoreStatus, now: number): object {
  const { deployment, head, source, finalizedBlock, snapshot, counts, reconciliation, coverage } = status
  const { token, staking, stable } = economy.contracts
  return {
    economy: {
      chainId: economy.chain.id,
      chainName: economy.chain.name,
      token: token.address,
      staking: staking.address,
      stable: stable.address,
    },
    deployment: deployment && { ...deployment, createdAt: isoOf(deployment.createdAt) },
    heads: {
      indexed: head && { block: head.block, hash: head.hash, timestamp: isoOf(head.timestamp) },
      finalized: finalizedBlock !== null && finalizedBlock >= 0 ? finalizedBlock : null,
      chain: source?.chainHead ?? null,
      chainFinalized: source?.chainFinalized ?? null,
    },
    lag: {
      blocks: head && source ? Math.max(0, source.chainHead - head.block) : null,
      seconds: head && Math.max(0, Math.floor(now - head.timestamp)),
    },
    source: source && { url: source.url, observedAt: isoOf(source.observedAt) },
    counts,
    ...coverageJson(coverage),
    snapshot: snapshot && { ...snapshot, timestamp: isoOf(snapshot.timestamp) },
    reconciliation: reconciliation && {
      block: reconciliation.block,
      hash: reconciliation.hash,
      checkedAt: isoOf(reconciliation.checkedAt),
      overdue: reconcileSeconds > 0 && now - reconciliation.checkedAt > INTERVALS * reconcileSeconds,
      equal: reconciliation.equal,
      different: reconciliation.different,
      gaps: reconciliation.gaps,
      standing: reconciliation.standing.length,
    },
  }
}

/** Runs beyond the newest hundred are told by their number, and by `coverage` of GraphQL. */
function coverageJson({ newest, totals }: CoverageSummary): object {
  return {
    coverage: newest.map(({ id, ...run }) => run),
    coverageRuns: totals.reduce((sum, { runs }) => sum + runs, 0),
    coverageTotals: totals,
  }
}

function reasonJson(reason: Refusal): object {
  const { code, message, mend, facts } = reason
  return { code, reason: message, mend, facts }
}

const reasonSchema = z.strictObject({
  code: z.string().regex(/^E\d{4}$/),
  reason: z.string().describe('What is wrong, as one sentence.'),
  mend: z.string().optional().describe('What can be done about it.'),
  facts: z.record(z.string(), z.unknown()),
})

const readySchema = (ready: boolean) =>
  z.strictObject({ ready: z.literal(ready), reasons: z.array(reasonSchema) })

const notReady: Answer = {
  ...jsonAnswer(readySchema(false), 'Figures about now cannot be served, with every reason.'),
  status: 503,
}

export const HEALTH_ROUTE = pageRoute({
  path: '/health',
  operation: 'getHealth',
  tag: 'service',
  summary: 'Whether the process is alive',
  description: 'Says nothing about the database.',
  query: emptyQuery,
  page: getHealth,
  answers: [jsonAnswer(z.strictObject({ alive: z.literal(true) }), 'It is.')],
})

export const READY_ROUTE = pageRoute({
  path: '/ready',
  operation: 'getReady',
  tag: 'service',
  summary: 'Whether figures about now can be served',
  query: emptyQuery,
  page: getReady,
  answers: [jsonAnswer(readySchema(true), 'They can.'), notReady],
})

export const STATUS_ROUTE = pageRoute({
  path: '/status',
  operation: 'getStatus',
  tag: 'service',
  summary: 'Heads, lag, source and counts',
  description: 'How far the store is; nulls and problems while it is still empty.',
  refusals: [400, 429, 503],
  query: emptyQuery,
  page: getStatus,
  answers: [
    jsonAnswer(
      z.strictObject({ ...statusShape, problems: z.array(reasonSchema), startedAt: isoTime }),
      'The state of the service.',
    ),
  ],
})
