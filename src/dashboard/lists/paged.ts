import type { Newest } from '../data/ask'
import type { AsOfPartsFragment } from '../generated'

/** Rows that a list begins with. */
export const FIRST_ROWS = 10
/** Rows that `more` adds. */
const MORE_ROWS = 20
/** Rows of one question. */
const MOST_AT_ONCE = 100

/** A row of any list: what its ledger, or its account, calls it. */
export interface Identified {
  readonly id: string
  readonly blockNumber?: number
}

/** A row, and where it stands. */
export interface Edge<Row> {
  readonly cursor: string
  readonly node: Row
}

/** The answer to a question for one page. */
export interface PageAnswer<Row> {
  readonly page: {
    readonly asOf: AsOfPartsFragment
    readonly edges: readonly Edge<Row>[]
    readonly pageInfo: { readonly hasNextPage: boolean }
  }
  readonly sourceStatus: { readonly chainFinalized: number } | null
}

/** The rows of a list from its beginning on. */
export interface Listed<Row, Answer> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  /** The block that the beginning is true at. */
  readonly asOf: AsOfPartsFragment
  /** Whether that block is too old to pass for now. */
  readonly isStale: boolean
  /** Rows of blocks above it can still be replaced. */
  readonly finalBlock: number
  /** Everything that was answered with the first page. */
  readonly answer: Answer
  /** Asks for more rows, the next time that the list is asked for. */
  more(): void
}

/** Which rows of a list are asked for. */
export interface Page {
  readonly first: number
  readonly after: string | undefined
}

type RowOf<Answer extends PageAnswer<Identified>> = Answer['page']['edges'][number]['node']

/**
 * Asks for a list page by page, by cursor, each time from its beginning. Where the newest comes first, only as far as rows can
 * have come or gone since: what is final never changes, and is kept.
 */
export function pagesOf<Answer extends PageAnswer<Identified>>(
  ask: (page: Page) => Promise<Newest<Answer>>,
  isNewestFirst: boolean,
): () => Promise<Listed<RowOf<Answer>, Answer>> {
  let wanted = FIRST_ROWS
  let kept: Stretch<RowOf<Answer>> = { edges: [], hasMore: true }
  return async () => {
    let all: Stretch<RowOf<Answer>> = { edges: [], hasMore: true }
    let first: Newest<Answer> | undefined
    let finalBlock = -1
    while (all.hasMore && all.edges.length < wanted) {
      const isHead = first === undefined && isNewestFirst
      const asked = await ask({
        first: isHead ? FIRST_ROWS : Math.min(MOST_AT_ONCE, wanted - all.edges.length),
        after: all.edges.at(-1)?.cursor,
      })
      first ??= asked
      const { page, sourceStatus } = asked.data
      // What is final for one answer is so for the next ones.
      finalBlock = Math.max(finalBlock, sourceStatus?.chainFinalized ?? -1)
      all = { edges: [...all.edges, ...page.edges], hasMore: page.pageInfo.hasNextPage }
      if (isNewestFirst) all = joined(all, kept, finalBlock)
    }
    if (first === undefined) throw new Error('a list is asked for at least one row')
    kept = cutTo(wanted, all)
    const { data, isStale } = first
    return {
      rows: kept.edges.map(({ node }) => node),
      hasMore: kept.hasMore,
      asOf: data.page.asOf,
      isStale,
      finalBlock,
      answer: data,
      more: () => {
        wanted += MORE_ROWS
      },
    }
  }
}

/** Rows that follow each other, from the beginning of a list on. */
interface Stretch<Row> {
  readonly edges: readonly Edge<Row>[]
  readonly hasMore: boolean
}

/** Rows, newest first, and what is known to follow them: nothing can come or go behind a row that is final. */
export function joined<Row extends Identified>(
  newest: Stretch<Row>,
  known: Stretch<Row>,
  finalBlock: number,
): Stretch<Row> {
  const last = newest.edges.at(-1)?.node
  if (last?.blockNumber === undefined || last.blockNumber > finalBlock) return newest
  const place = known.edges.findIndex(({ node }) => node.id === last.id)
  const rest = place < 0 ? [] : known.edges.slice(place + 1)
  return rest.length === 0 ? newest : { edges: [...newest.edges, ...rest], hasMore: known.hasMore }
}

function cutTo<Row>(count: number, { edges, hasMore }: Stretch<Row>): Stretch<Row> {
  return { edges: edges.slice(0, count), hasMore: hasMore || edges.length > count }
}
