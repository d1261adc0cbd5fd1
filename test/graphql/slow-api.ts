import { expect } from 'vitest'
import { timeOf } from '../support/small-economy'
import { createTables } from '../support/tables'
import { createTestApi } from '../support/test-api'
import { fillSlowEconomy, HEAD, SLOW_ECONOMY } from './slow-economy'

/** An API over the slow economy, asked in GraphQL. */
export type SlowApi = Awaited<ReturnType<typeof createSlowApi>>

export async function createSlowApi(economy = SLOW_ECONOMY) {
  const tables = await createTables()
  await fillSlowEconomy(tables, economy)
  const api = await createTestApi(tables.url, economy)
  api.now = timeOf(HEAD)
  /** The whole reply. */
  const post = (query: string) => api.app.inject({ method: 'POST', url: '/graphql', payload: { query } })
  return {
    tables,
    post,
    /** The data of an answer without errors. */
    ask: async (query: string) => {
      const { data, errors } = (await post(query)).json()
      expect(errors).toBeUndefined()
      return data
    },
    close: async () => {
      await api.close()
      await tables.drop()
    },
  }
}

/** An amount of which only the decimal was asked for. */
export const amount = (decimal: string) => ({ decimal })
