import type { Pool } from 'pg'
import type { EconomyFile } from '../config/economy-file'
import type { Address } from '../core/address'
import type { Economy } from '../core/economy'
import type { ClosingPoint, SeriesPoint } from '../core/series-points'
import type { WindowName } from '../core/window'
import { type AccountAt, accountAt } from './account-at'
import type { AsOf, AsOfRequest } from './as-of'
import {
  baseSinceTakenBack,
  type CorrectionRow,
  correctionsSince,
  newestCorrection,
  type Setback,
  setbackSince,
} from './corrections'
import { type CoverageTotal, coverageTotals } from './coverage'
import { type EconomyAt, economyAt, economyIn } from './economy-at'
import type { Entity, EntityRow } from './entities/entity'
import {
  type EntityPage,
  entityCount,
  entityList,
  entityPage,
  type ListRequest,
  type PageLimits,
  type PageRequest,
  type RowsRequest,
} from './entities/entity-page'
import { rowsByKey } from './entities/rows-by-key'
import { type ExcludedWalletAt, excludedWalletsAt } from './excluded-wallets-at'
import { type FinalClosings, keepFinalClosings } from './final-closings'
import { type Frame, loadFrameAt, type SnapshotExtent } from './frame'
import { type InvariantAt, invariantsAt } from './invariants-at'
import { keepStates } from './kept-states'
import { type ReconciliationPage, type ReconciliationRow, reconciliations } from './reconciliations'
import { type Freshness, resolveAsOf } from './resolve-as-of'
import { type Row, type RunQuery, whole } from './row'
import { closingsAt, type SeriesRequest, seriesAt } from './series-at'
import { type InOneState, NOT_SHARED, type SharedStart, shareLookups, startShared } from './shared-lookups'
import { type StatementPage, type StatementRequest, statement } from './statement'
import { type StoreStatus, storeStatus } from './store-status'
import {
  CONNECTION_PATIENCE,
  inTransaction,
  MOST_CONNECTIONS,
  type SeenState,
  TIME_LIMITS,
} from './transaction'
import { createTurns } from './turns'
import { type WindowAt, windowsAt } from './windows-at'

/** Every question that the edges can ask, answered from one state of the database. */
export interface Reads {
  /**
   * Finds the block that a question is about, or refuses (docs/errors.md, E5001–E5009).
   * @param extent what is read of its snapshot on the way: of one that is whole, the figures need no other look-up
   */
  resolve(request: AsOfRequest, extent?: SnapshotExtent): Promise<AsOf>
  /** The newest indexed block, whatever its age: for what tells of the indexer's work rather than of now. */
  newest(): Promise<AsOf>
  economyAt(asOf: AsOf): Promise<EconomyAt>
  accountAt(asOf: AsOf, address: Address): Promise<AccountAt>
  /** Each of these windows of time that ends at the answer's instant. */
  windowsAt(asOf: AsOf, names: readonly WindowName[]): Promise<readonly WindowAt[]>
  /** Buckets of time up to the answer's instant: with what changed in each, and how it closed. */
  seriesAt(asOf: AsOf, request: SeriesRequest): Promise<readonly SeriesPoint[]>
  /** How the same buckets closed, of these figures alone. */
  closingsAt(
    asOf: AsOf,
    request: SeriesRequest,
    figures: readonly (keyof Economy)[],
  ): Promise<readonly ClosingPoint[]>
  /** What must hold, and whether it does and always did. */
  invariantsAt(asOf: AsOf): Promise<readonly InvariantAt[]>
  /** The wallets that do not circulate at the block, with their balances then. */
  excludedWalletsAt(asOf: AsOf): Promise<readonly ExcludedWalletAt[]>
  /** What happened to an account, page by page, and what it had after each event. */
  statement(asOf: AsOf, request: StatementRequest): Promise<StatementPage>
  entityList(entity: Entity, request: ListRequest, limits: PageLimits): Promise<readonly EntityRow[]>
  entityPage(entity: Entity, request: PageRequest, limits: PageLimits): Promise<EntityPage>
  entityCount(entity: Entity, request: RowsRequest): Promise<number>
  /** The rows that have one of these values in a unique column, by that value. */
  rowsByKey(
    entity: Entity,
    keyField: string,
    keys: readonly unknown[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<unknown, EntityRow>>
  /** What the comparisons with the chain found, newest first. */
  reconciliations(page: ReconciliationPage): Promise<readonly ReconciliationRow[]>
  /** How many of the indexed blocks were read in each way. */
  coverageTotals(): Promise<readonly CoverageTotal[]>
  /** Rows that reorganisations took back, after one of them; 1000 at most. */
  correctionsSince(after: string): Promise<readonly CorrectionRow[]>
  newestCorrection(): Promise<string>
  setbackSince(after: string): Promise<Setback>
  baseSinceTakenBack(entity: CorrectionRow['entity'], rowId: string): Promise<number | null>
  /** How far the store is; answers even before anything is indexed. */
  status(): Promise<StoreStatus>
  /** What freshness is judged by in this answer. */
  readonly freshness: Freshness
}

/** Where the edges get their reads from. */
export interface ReadStore {
  /** Runs `use` with reads that all see one state: a commit or reorganisation meanwhile does not mix in. */
  snapshot<T>(use: (reads: Reads) => Promise<T>): Promise<T>
}

export interface ReadOptions {
  /** Seconds behind the clock from which the newest figures are refused. */
  readonly maxLagSeconds: number
  /** The clock, in unix seconds. */
  readonly now: () => number
  /** Another number after each commit; undefined where one may go unheard, or nobody listens. */
  readonly version?: () => number | undefined
}

/** Reads the tables of one economy; a database that holds another one is refused at every answer (E5004). */
export function openReads(pool: Pool, economy: EconomyFile, options: ReadOptions): ReadStore {
  const states = keepStates(options.version)
  const inOneState: InOneState = (use) => inTransaction(pool, use, TIME_LIMITS, states)
  const finalClosings = keepFinalClosings()
  const lookUp = shareLookups(inOneState, economy)
  const answer = <T>(use: (reads: Reads) => Promise<T>, shared: SharedStart): Promise<T> =>
    inOneState((query, state) => {
      const freshness = { now: options.now(), maxLagSeconds: options.maxLagSeconds }
      return use(readsOf(shared.checked(query, state), state, economy, freshness, shared, finalClosings))
    })
  const turns = createTurns(MOST_CONNECTIONS, CONNECTION_PATIENCE)
  const inTurn: ReadStore['snapshot'] = async (use) => {
    const shared = startShared(lookUp, economy)
    try {
      const given = await answer(use, shared)
      if (!shared.isOutdated()) return given
    } catch (error) {
      if (!shared.isOutdated()) throw error
    }
    return answer(use, NOT_SHARED)
  }
  return { snapshot: (use) => turns.take(() => inTurn(use)) }
}

function readsOf(
  query: RunQuery,
  state: SeenState,
  economy: EconomyFile,
  freshness: Freshness,
  shared: SharedStart,
  finalClosings: FinalClosings,
): Reads {
  // Most figures of an answer come from one snapshot, and its state does not change meanwhile: one look-up serves all.
  const economies = new Map<number, Promise<EconomyAt>>()
  const seen = new Map<number, Row>()
  const note = (row: Row): void => void seen.set(whole(row, 'block_number'), row)
  const economyOnce = (asOf: AsOf): Promise<EconomyAt> => {
    const { block } = asOf.snapshot
    const row = seen.get(block)
    const known = economies.get(block) ?? (row === undefined ? economyAt(query, asOf) : decoded(row))
    economies.set(block, known)
    return known
  }
  // The first block that is asked for comes with the frame, where that is not known yet.
  let loaded: Promise<Frame> | undefined
  const nearest = new Map<number, Row>()
  const frameAt = async (block: number | undefined, extent: SnapshotExtent): Promise<Frame> => {
    if (shared.lookUp !== undefined && block !== undefined && extent === 'whole') {
      const { frame, snapshot } = await shared.lookUp(block)
      if (snapshot !== undefined) {
        nearest.set(block, snapshot)
        note(snapshot)
      }
      return frame
    }
    const seenBefore = await state()
    if (seenBefore.frame !== undefined) return seenBefore.frame
    const { frame, snapshot } = await loadFrameAt(query, economy, block, extent)
    seenBefore.frame = frame
    if (snapshot !== undefined) nearest.set(block ?? frame.head.block, snapshot)
    if (snapshot !== undefined && extent === 'whole') note(snapshot)
    return frame
  }
  const frame = (block?: number, extent: SnapshotExtent = 'reference'): Promise<Frame> => {
    loaded ??= frameAt(block, extent)
    return loaded
  }
  // The fields of one operation mostly ask for one block: it is looked up once.
  const blocks = new Map<string, Promise<AsOf>>()
  const rows = { upTo: (block: number) => nearest.get(block), seen: note }
  const resolved = (request: AsOfRequest, limit: Freshness, extent: SnapshotExtent): Promise<AsOf> => {
    const key = JSON.stringify([request, limit.maxLagSeconds])
    const asked = request.kind === 'number' ? request.number : undefined
    const known =
      blocks.get(key) ?? frame(asked, extent).then((found) => resolveAsOf(query, found, request, limit, rows))
    blocks.set(key, known)
    return known
  }
  const seriesReads = async () => ({ query, state, frame: await frame(), finalClosings })
  const { policy } = economy
  return {
    freshness,
    resolve: (request, extent = 'whole') => resolved(request, freshness, extent),
    newest: () =>
      resolved({ kind: 'head' }, { ...freshness, maxLagSeconds: Number.POSITIVE_INFINITY }, 'reference'),
    windowsAt: async (asOf, names) =>
      windowsAt(query, (await economyOnce(asOf)).economy, await frame(), asOf, names, policy),
    seriesAt: async (asOf, request) => seriesAt(await seriesReads(), asOf, request, policy),
    closingsAt: async (asOf, request, figures) => closingsAt(await seriesReads(), asOf, request, figures),
    invariantsAt: async (asOf) => invariantsAt(query, (await economyOnce(asOf)).economy, asOf, policy),
    excludedWalletsAt: (asOf) => excludedWalletsAt(query, asOf, policy),
    economyAt: economyOnce,
    accountAt: (asOf, address) => accountAt(query, asOf, address),
    statement: (asOf, request) => statement(query, asOf, request),
    entityList: async (entity, request, limits) => {
      await frame()
      return entityList(query, entity, request, limits)
    },
    entityPage: async (entity, request, limits) => {
      await frame()
      return entityPage(query, entity, request, limits)
    },
    entityCount: async (entity, request) => {
      await frame()
      return entityCount(query, entity, request)
    },
    rowsByKey: async (entity, keyField, keys, fields) => {
      await frame()
      return rowsByKey(query, entity, keyField, keys, fields)
    },
    reconciliations: async (page) => {
      await frame()
      return reconciliations(query, page)
    },
    coverageTotals: async () => {
      await frame()
      return coverageTotals(query)
    },
    correctionsSince: (after) => correctionsSince(query, after),
    newestCorrection: () => newestCorrection(query),
    setbackSince: (after) => setbackSince(query, after),
    baseSinceTakenBack: (entity, rowId) => baseSinceTakenBack(query, entity, rowId),
    status: () => storeStatus(query),
  }
}

/** A row that does not fit fails where it is asked for. */
async function decoded(row: Row): Promise<EconomyAt> {
  return economyIn(row)
}
