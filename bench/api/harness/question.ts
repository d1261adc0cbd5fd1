import type { Client } from 'pg'
import type { ContestantName } from '../contestants/contestant'

/** One request, as it goes over the wire. */
export interface Ask {
  readonly path: string
  /** Sent by POST as JSON; without it, the request is a GET. */
  readonly body?: object
}

/** What contestants are compared by: rows of text, in the order of the answer. */
export type Rows = readonly (readonly string[])[]

/** How one contestant is asked, and what of its answer is to be the same as that of the others. */
export interface Wire<Parameters> {
  ask(parameters: Parameters): Ask
  /** @param body of the answer, parsed */
  rows(body: never, parameters: Parameters): Rows
}

/** What everybody is asked, each in their own words. */
export interface Question<Parameters = unknown> {
  readonly name: string
  /** In one sentence, for the table's legend. */
  readonly describes: string
  /** As many different ones as there are, up to `count`; one where everybody asks the same. Seeded: the same in each run. */
  parameters(database: Client, count: number): Promise<readonly Parameters[]>
  /** Who can be asked. */
  readonly wires: Readonly<Partial<Record<ContestantName, Wire<Parameters>>>>
  /** Whether it is asked of the small database, too. */
  readonly atBothSizes: boolean
  /** What is demanded of `ashao`. */
  readonly targets: Targets
}

export interface Targets {
  /** Requests per second. */
  readonly rate?: number
  /** Times the rate of OpenReader. */
  readonly overPeer?: number
  /** Share of the rate of the plain SQL query. */
  readonly overFloor?: number
  /** Times the p99 on the small database. */
  readonly p99OverSmall?: number
}

/** A question with its parameters put away: what a list of different questions holds. */
export function question<Parameters>(of: Question<Parameters>): Question {
  return of as Question
}
