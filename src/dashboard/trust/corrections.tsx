import { second } from '../format/time'
import type { CorrectedEntity } from '../generated'
import { ExplorerLink } from '../parts/explorer-link'
import { Pending } from '../parts/pending'
import { Panel } from './panel'
import { useCorrections } from './questions'
import { type Correction, type Reorganisation, reorganisationsOf } from './reorganisations'
import { Since } from './since'

/** Rows that are asked for at once; there may be more. */
const MOST_ROWS = 100

/** What was served, and then taken back because the chain chose other blocks. */
export function Corrections() {
  return (
    <Panel
      id="corrections"
      title="Taken back"
      about="Whatever was served and then undone by a reorganisation of the chain is kept for good, beside the history: rows are only added."
      isWide
    >
      <Pending known={useCorrections()} what="corrections" lines={2}>
        {({ corrections }) =>
          corrections.length === 0 ? (
            <p>Nothing was ever taken back.</p>
          ) : (
            <>
              {corrections.length === MOST_ROWS && <p>The newest {MOST_ROWS} rows:</p>}
              {reorganisationsOf(corrections).map((one, place) => (
                <OfOne key={one.id} reorganisation={one} isOpen={place === 0} />
              ))}
            </>
          )
        }
      </Pending>
    </Panel>
  )
}

function OfOne({
  reorganisation: { takenBackAt, baseBlock, rows },
  isOpen,
}: {
  readonly reorganisation: Reorganisation
  readonly isOpen: boolean
}) {
  const title = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} above block ${baseBlock.toLocaleString('en-US')}`
  return (
    <details open={isOpen}>
      <summary>
        {second(takenBackAt)}: {title}, <Since at={Date.parse(takenBackAt)} /> ago
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section class="scroller tall" tabIndex={0} aria-label={title}>
        <table>
          <caption class="spoken">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Block</th>
              <th scope="col">Was in</th>
              <th scope="col">Now there</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

const ENTITIES: Readonly<Record<CorrectedEntity, string>> = {
  BURN: 'Burn',
  INVARIANT_BREAK: 'Broken invariant',
  PRICE: 'Price',
  REWARD: 'Reward',
  SNAPSHOT: 'Figures of a block',
  STAKE: 'Stake',
  TRANSFER: 'Transfer',
  TREASURY_FLOW: 'Treasury flow',
  UPGRADE: 'Upgrade',
}

function Row({ row }: { readonly row: Correction }) {
  const { entity, rowId, blockNumber, blockHash, blockTimestamp, replacementHash, replacementTimestamp } = row
  return (
    <tr>
      <th scope="row" title={rowId}>
        {ENTITIES[entity]}
      </th>
      <td>{blockNumber.toLocaleString('en-US')}</td>
      <td>
        <Hashed hash={blockHash} time={blockTimestamp} />
      </td>
      <td>
        {replacementHash ? (
          // What was taken back has no page; what took its place does.
          <Hashed hash={replacementHash} time={replacementTimestamp} block={blockNumber} />
        ) : (
          <span class="unknown" title="No block with events is known at that height since.">
            unknown
          </span>
        )}
      </td>
    </tr>
  )
}

interface HashedParts {
  readonly hash: string | null | undefined
  readonly time: string | null | undefined
  readonly block?: number
}

function Hashed({ hash, time, block }: HashedParts) {
  return (
    <>
      {hash ? (
        <code title={hash}>{`${hash.slice(0, 10)}…${hash.slice(-8)}`}</code>
      ) : (
        <span class="unknown">unknown</span>
      )}{' '}
      <span class="about">
        {time && second(time)} {block !== undefined && <ExplorerLink kind="block" id={block} />}
      </span>
    </>
  )
}
