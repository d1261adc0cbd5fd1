import type { Store } from '@subsquid/typeorm-store'
import type { ClientBase } from 'pg'
import type { EntityManager } from 'typeorm'

/** What the SDK's store keeps to itself, and what bulk statements inside its transaction need. */
interface Seams {
  readonly em: () => EntityManager
  /** Notes every change of a block that may be undone; absent where blocks are final. */
  readonly changes?: { readonly blockHeight: number; readonly statusSchema: string }
}

/** Where the SDK looks for what a block changed when it undoes it. */
export interface ChangeLog {
  /** As it stands in SQL. */
  readonly table: string
  readonly blockHeight: number
}

/** The transaction that a batch runs in, with its checkpoint. */
export interface Transaction {
  readonly entities: EntityManager
  /** The connection that the transaction is on: what it runs is committed or rolled back with the batch. */
  readonly client: ClientBase
  /** Where every change has to be noted; undefined where the blocks are final. */
  readonly changeLog: ChangeLog | undefined
}

/** Opens what the SDK's store stands on. */
export async function transactionOf(store: Store): Promise<Transaction> {
  const { changes } = store as unknown as Seams
  const entities = (store as unknown as Seams).em()
  if (entities.queryRunner === undefined) throw new TypeError('the store has no transaction')
  const client: ClientBase = await entities.queryRunner.connect()
  const changeLog = changes && {
    table: `${changes.statusSchema}.hot_change_log`,
    blockHeight: changes.blockHeight,
  }
  return { entities, client, changeLog }
}
