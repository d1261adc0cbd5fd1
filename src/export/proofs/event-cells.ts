import type { EconomyFile } from '../../config/economy-file'
import { LEDGER_DATASETS } from '../../core/datasets/datasets'
import { contractAddresses, ledgerCells } from '../../core/datasets/ledger-cells'
import type { BlockRef, EconomyEvent } from '../../core/events'
import type { Policy } from '../../core/policy'
import { classifyFlow } from '../../core/treasury'

/** Datasets with a row for every event of a kind: what such a row says of its event, a proof shows. */
export const PROVABLE_DATASETS = ['transfers', 'stakes', 'rewards', 'treasury_flows'] as const
export type ProvableDataset = (typeof PROVABLE_DATASETS)[number]

/** A cell of a row, with the place of its column in the dataset. */
export interface PlacedCell {
  readonly at: number
  readonly cell: string | null
}

/**
 * What an event makes the cells of its row to be; undefined where it has none in the dataset. Running values are not among
 * them, since earlier events enter those.
 */
export function eventCells(
  name: ProvableDataset,
  { contracts, policy }: EconomyFile,
): (event: EconomyEvent, block: BlockRef) => readonly PlacedCell[] | undefined {
  const dataset = LEDGER_DATASETS[name]
  let known:
    | { readonly places: readonly number[]; readonly spell: ReturnType<typeof ledgerCells> }
    | undefined
  return (event, { number: blockNumber, hash, timestamp }) => {
    const fields = fieldsOf(name, event, policy)
    if (fields === undefined) return undefined
    const { logIndex, transactionHash } = event
    const row = { blockNumber, timestamp, logIndex, transactionHash, ...fields }
    // Whatever the event, the fields that it gives a row of this dataset are the same.
    known ??= knownOf(row)
    const { places } = known
    return known.spell(row, hash).map((cell, index) => ({ at: places[index] ?? -1, cell }))
  }

  function knownOf(row: object): NonNullable<typeof known> {
    const isKnown = dataset.columns.map(({ origin }) => origin.of !== 'row' || origin.field in row)
    const columns = dataset.columns.filter((_, at) => isKnown[at])
    const places = [...isKnown.keys()].filter((at) => isKnown[at])
    return { places, spell: ledgerCells({ ...dataset, columns }, contractAddresses(contracts)) }
  }
}

function fieldsOf(name: ProvableDataset, event: EconomyEvent, policy: Policy): object | undefined {
  switch (name) {
    case 'transfers':
      return event.kind === 'transfer' ? { from: event.from, to: event.to, value: event.value } : undefined
    case 'stakes':
      if (event.kind !== 'stake' && event.kind !== 'unstake') return undefined
      return { account: event.account, action: event.kind.toUpperCase(), amount: event.amount }
    case 'rewards':
      return event.kind === 'reward' ? { account: event.account, amount: event.amount } : undefined
    case 'treasury_flows': {
      if (event.kind !== 'stableTransfer') return undefined
      const { from, to, value } = event
      if (!policy.treasury.has(from) && !policy.treasury.has(to)) return undefined
      return { from, to, value, ...classifyFlow(from, to, policy) }
    }
  }
}
