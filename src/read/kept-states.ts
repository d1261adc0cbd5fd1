import type { PoolClient } from 'pg'
import type { Frame } from './frame'

/** One state of the database, as a transaction sees it. */
export interface State {
  /** How far the history reaches in it, once that was looked up. */
  frame: Frame | undefined
  /** Time of its newest final snapshot in unix seconds, likewise; 0 where there is none. */
  finalUntil: number | undefined
}

/** Which states of the database answers may see. */
export interface KeptStates {
  /** The state that a connection sees from now on. Nothing is waited for: what it is asked next comes after `begun`. */
  enter(client: PoolClient): { readonly state: State; readonly begun: Promise<unknown> }
  /**
   * Whether a connection whose answer is finished goes on seeing its state, for the next one; if not, its transaction is to be ended.
   * @param isIntact whether the transaction is as good as new
   */
  leave(client: PoolClient, isIntact: boolean): boolean
}

/** Milliseconds that a state may be looked at after others may have followed it that nobody announced. */
const LONGEST = 1_000

const BEGIN = 'begin isolation level repeatable read read only'

interface Kept {
  readonly state: State
  readonly version: number
  readonly since: number
}

/**
 * A connection goes on seeing the state of its last answer until something is committed, for a second at most: answers in
 * between need no transaction of their own, and what was found out about the state once is known to all.
 * @param version another number after each commit; undefined where a commit may go unheard: then each answer has a state of its own
 */
export function keepStates(version: () => number | undefined = () => undefined): KeptStates {
  const entered = new WeakMap<PoolClient, Kept>()
  // Whoever sees an old state holds up those who clean and change tables, also when nobody asks any more.
  const idle = new Set<PoolClient>()
  let sweeping: NodeJS.Timeout | undefined

  const isNewest = (kept: Kept): boolean =>
    kept.version === version() && performance.now() - kept.since < LONGEST

  const sweep = (): void => {
    sweeping = undefined
    for (const client of idle) {
      const kept = entered.get(client)
      if (kept !== undefined && isNewest(kept)) continue
      idle.delete(client)
      entered.delete(client)
      // Who takes the connection meanwhile is served after this.
      client.query('rollback').catch(ignore)
    }
    sweepLater()
  }
  const sweepLater = (): void => {
    if (idle.size === 0 || sweeping !== undefined) return
    sweeping = setTimeout(sweep, LONGEST).unref()
  }

  return {
    enter(client) {
      idle.delete(client)
      const kept = entered.get(client)
      if (kept !== undefined && isNewest(kept)) return { state: kept.state, begun: NOTHING_TO_WAIT_FOR }
      entered.delete(client)
      const current = version()
      const state: State = { frame: undefined, finalUntil: undefined }
      const ended = kept && client.query('rollback')
      const begun = client.query(BEGIN)
      ended?.catch(ignore)
      begun.catch(ignore)
      if (current !== undefined) entered.set(client, { state, version: current, since: performance.now() })
      return { state, begun }
    },
    leave(client, isIntact) {
      if (!isIntact) entered.delete(client)
      if (!entered.has(client)) return false
      idle.add(client)
      sweepLater()
      return true
    },
  }
}

const NOTHING_TO_WAIT_FOR = Promise.resolve()

function ignore(): void {}
