import { DatabaseError } from 'pg'
import { EconomyError } from '../core/errors'
import { DatabaseUnavailable, TablesMissing } from './errors'

/**
 * What a failure of the driver means; anything else is handed back as it is. SQLSTATE classes: 08 connection, 53 resources,
 * 57 operator, 40 conflict.
 */
export function meaningOf(error: unknown): unknown {
  if (error instanceof EconomyError) return error
  if (!(error instanceof DatabaseError)) return new DatabaseUnavailable({ reason: reasonOf(error) })
  const state = error.code ?? ''
  if (['42P01', '42703', '3F000'].includes(state)) return new TablesMissing()
  if (['08', '40', '53', '57'].includes(state.slice(0, 2))) return new DatabaseUnavailable({ reason: state })
  return error
}

/** A code or a fixed word: a message of the driver could name hosts, users and databases. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code !== '' ? code : 'connection lost'
}
