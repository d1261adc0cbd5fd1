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
  /** Head, deployment and clock as they were: after each test, so that one that fails cannot break the next. */
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
  return {
    tables,
    api,
    restore: async () => {
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

export const createSmallApi = () => createFilledApi(fillSmallEconomy, ECONOMY, SMALL_HEAD)
