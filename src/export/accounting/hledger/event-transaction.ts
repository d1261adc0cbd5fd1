import { type Posting, transactionText } from './transaction'

/** Where an event is, as datasets spell it. */
export interface Place {
  readonly block_number: string
  readonly log_index: string
  readonly block_timestamp: string
  readonly transaction_hash: string
}

/** The transaction of a journal that tells of an event. */
export function eventTransaction(
  place: Place,
  description: string,
  parties: Readonly<Record<string, string>>,
  postings: readonly Posting[],
): { readonly date: string; readonly text: string } {
  const { block_number: block, log_index: log, block_timestamp: time, transaction_hash: tx } = place
  const date = dateOf(time)
  const tags = [{ block, log, time }, { tx }, ...(Object.keys(parties).length === 0 ? [] : [parties])]
  return { date, text: transactionText({ date, code: `${block}-${log}`, description, tags, postings }) }
}

/** The UTC day of a time. */
export function dateOf(time: string): string {
  return time.slice(0, 10)
}
