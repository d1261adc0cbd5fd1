import type { KeptPostgres } from '../harness/kept-postgres'
import type { EconomyScript } from './economy-blocks'
import { isLoaded, loadEconomy } from './load-economy'
import type { ProductParts } from './product'

const DAY = 86_400
/** Long enough for a series of 365 days, whatever the number of transfers; the same on every machine. */
const DAYS = 400
const FIRST_BLOCK = Date.UTC(2025, 0, 1) / 1_000
const ACCOUNTS = 200_000

/** A loaded database, and what is in it. */
export interface LoadedDatabase {
  readonly url: string
  readonly transfers: number
}

/** A database with so many transfers: one that an earlier run has loaded, or else a new one. */
export async function prepareDatabase(
  postgres: KeptPostgres,
  transfers: number,
  product: ProductParts,
  say: (text: string) => void,
): Promise<LoadedDatabase> {
  const script: EconomyScript = {
    transfers,
    accounts: ACCOUNTS,
    seed: 1,
    from: FIRST_BLOCK,
    to: FIRST_BLOCK + DAYS * DAY,
  }
  const name = `bench_api_${transfers}`
  const url = postgres.urlOf(name)
  const options = { databaseUrl: url, script, product, say }
  if (!(await isLoaded(options))) {
    say(`loading ${transfers.toLocaleString('en')} transfers into ${name}`)
    await postgres.createDatabase(name)
    const startedAt = performance.now()
    await loadEconomy(options)
    say(`loaded in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  }
  return { url, transfers }
}
