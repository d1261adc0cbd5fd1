/** What a series was asked for with. */
export interface Asked {
  readonly interval: string
  readonly from: string
  readonly to: string
  /** Block that the answer is true at. */
  readonly block: number
}

const BUYBACKS = `
  prices(
    block: $block
    first: 1000
    where: { source: BUYBACK, timestamp_gte: $from, timestamp_lt: $to }
  ) {
    timestamp
    transactionHash
    price
    stableAmount
    tokenAmount
  }`

/**
 * The question that a chart answers, as text that runs as it is: its variables have the values of the chart.
 * @param fields selection on a point of the series
 */
export function queryText(fields: string, { interval, from, to, block }: Asked, hasBuybacks = false): string {
  return `query Chart(
  $block: BlockInput = { number: ${block} }
  $interval: SeriesInterval! = ${interval}
  $from: DateTime = "${from}"
  $to: DateTime = "${to}"
) {
  asOf(block: $block) {
    block
    hash
    timestamp
    finalized
  }
  series(block: $block, interval: $interval, from: $from, to: $to) {
    start
    end
    isOpen
    closingBlock
    ${fields.trim().replace(/\s+/g, ' ')}
  }${hasBuybacks ? BUYBACKS : ''}
}
`
}
