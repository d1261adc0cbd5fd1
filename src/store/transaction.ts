import type { Store } from '@subsquid/typeorm-store'
import type { ClientBase } from 'pg'
import type { EntityManager } from 'typeorm'

/** What the SDK's store keeps to itself, and what bulk statements inside its transaction need. */
interface Seams {
  readonly em: () => EntityManager
  /** Notes every change of a block that may be undone; absent where blocks are final. */
  readonly changes?: object
}

/** The transaction that a batch runs in, with its checkpoint. */
export interface Transaction {
  readonly store: Store
  readonly entities: EntityManager
  /** The connection that the transaction is on: what it runs is committed or rolled back with the batch. */
  readonly client: ClientBase
  /** Whether the blocks can still be undone: then every change has to go through the store, which notes it. */
  readonly isTracked: boolean
}

/** Opens what the SDK's store stands on. */
export async function transactionOf(store: Store): Promise<Transaction> {
  const { changes } = store as unknown as Seams
  const entities = (store as unknown as Seams).em()
  if (entities.queryRunner === undefined) throw new TypeError('the store has no transaction')
  const client: ClientBase = await entities.queryRunner.connect()
  return { store, entities, client, isTracked: changes !== undefined }
}
