/** One line of a transaction: an account, and by how much it changes. */
export interface Posting {
  readonly account: string
  readonly amount: string
  /** What the account, or with `*` it and all below it, has to hold after this line. */
  readonly assertion?: string
  /** Beside the books: `hledger --real` leaves it out. */
  readonly isMemo?: boolean
}

export interface Transaction {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string
  /** Block and log index; none where the transaction is no event. */
  readonly code?: string
  readonly description: string
  /** In lines of their own; hledger finds transactions by them. */
  readonly tags: readonly Readonly<Record<string, string>>[]
  readonly postings: readonly Posting[]
}

/** The text of a transaction, with the blank line after it. */
export function transactionText({ date, code, description, tags, postings }: Transaction): string {
  const lines = [
    `${date} * ${code === undefined ? '' : `(${code}) `}${description}`,
    ...tags.map(
      (line) =>
        `    ; ${Object.entries(line)
          .map(([name, value]) => `${name}:${value}`)
          .join(', ')}`,
    ),
    ...postings.map(postingText),
  ]
  return `${lines.join('\n')}\n\n`
}

function postingText({ account, amount, assertion, isMemo }: Posting): string {
  const name = isMemo === true ? `[${account}]` : account
  return `    ${name}  ${amount}${assertion === undefined ? '' : ` ${assertion}`}`
}
