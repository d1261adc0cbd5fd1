import type { EconomyFile } from '../../src/config/economy-file'
import {
  ECONOMY,
  fillSmallEconomy,
  partialOf,
  SMALL_HEAD,
  setDeployment,
  setHead,
  timeOf,
} from './small-economy'
import { createTables, type TestTables } from './tables'
import { createTestApi, type TestApi } from './test-api'

/** An API over a database of its own. */
export interface FilledApi {
  readonly tables: TestTables
  readonly api: TestApi
  /** Runs a statement, and before the next test one that undoes it. */
  change(statement: string, undo: string): Promise<void>
  /** All as it was, also head, deployment and clock: after each test, so that one that fails cannot break the next. */
  restore(): Promise<void>
  close(): Promise<void>
}

/**
 * Serves an economy, three seconds after its newest block.
 * @param fill writes its history
 * @param head number of its newest block
 */
export async function createFilledApi(
  fill: (tables: TestTables, economy: EconomyFile) => Promise<void>,
  economy: EconomyFile,
  head: number,
): Promise<FilledApi> {
  const tables = await createTables()
  await fill(tables, economy)
  const api = await createTestApi(tables.url, economy)
  api.now = timeOf(head) + 3
  const undoing: string[] = []
  return {
    tables,
    api,
    change: async (statement, undo) => {
      await tables.run(statement)
      undoing.push(undo)
    },
    restore: async () => {
      for (const undo of undoing.splice(0).reverse()) await tables.run(undo)
      api.now = timeOf(head) + 3
      await setHead(tables, head)
      await setDeployment(tables, partialOf(economy), economy)
    },
    close: async () => {
      await api.close()
      await tables.drop()
    },
  }
}

/** Stores in every snapshot what no release ever wrote. */
export function spoilSnapshots({ change }: FilledApi): Promise<void> {
  return change(
    `alter table snapshot rename column burn_mode to was;
      alter table snapshot add column burn_mode character varying(10) not null default 'UNHEARD'`,
    'alter table snapshot drop column burn_mode; alter table snapshot rename column was to burn_mode',
  )
}

export const createSmallApi = () => createFilledApi(fillSmallEconomy, ECONOMY, SMALL_HEAD)
