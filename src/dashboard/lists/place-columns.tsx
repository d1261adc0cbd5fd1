import { ExplorerLink } from '../parts/explorer-link'
import { Block } from './cells'
import type { Column } from './row-table'

interface Placed {
  readonly blockNumber: number
  readonly transactionHash: string
}

/** Where an event is on the chain: the columns that end a row. */
export function placeColumns<Row extends Placed>(finalBlock: number): readonly [Column<Row>, Column<Row>] {
  return [
    {
      title: 'Block',
      place: 'block',
      cell: ({ blockNumber }) => <Block number={blockNumber} finalBlock={finalBlock} />,
    },
    {
      title: 'Transaction',
      place: 'transaction',
      cell: ({ transactionHash }) => <ExplorerLink kind="tx" id={transactionHash} />,
    },
  ]
}
