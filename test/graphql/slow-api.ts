import { expect } from 'vitest'
import { createFilledApi } from '../support/filled-api'
import { fillSlowEconomy, HEAD, SLOW_ECONOMY } from './slow-economy'

/** An API over the slow economy, asked in GraphQL. */
export type SlowApi = Awaited<ReturnType<typeof createSlowApi>>

export async function createSlowApi(economy = SLOW_ECONOMY) {
  const filled = await createFilledApi(fillSlowEconomy, economy, HEAD)
  /** The whole reply. */
  const post = (query: string) =>
    filled.api.app.inject({ method: 'POST', url: '/graphql', payload: { query } })
  return {
    ...filled,
    post,
    /** The data of an answer without errors. */
    ask: async (query: string) => {
      const { data, errors } = (await post(query)).json()
      expect(errors).toBeUndefined()
      return data
    },
  }
}

/** An amount of which only the decimal was asked for. */
export const amount = (decimal: string) => ({ decimal })
