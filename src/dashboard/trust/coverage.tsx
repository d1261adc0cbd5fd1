import { second } from '../format/time'
import type { CoverageQuery } from '../generated'
import { ExplorerLink } from '../parts/explorer-link'
import { Pending } from '../parts/pending'
import { Panel } from './panel'
import { useCoverage } from './questions'

type Total = CoverageQuery['coverageTotals'][number]

const SOURCES: Readonly<Record<Total['source'], string>> = {
  RPC: 'Nodes, over JSON-RPC',
  GATEWAY: 'The SQD Network’s archive',
}

const VERIFICATIONS: Readonly<Record<Total['verification'], string>> = {
  BLOOM: 'The logs of every block were compared with the bloom in its header, which shows what is left out.',
  RECEIPTS: 'Of every block with events, all receipts were hashed anew up to the hash of the block.',
  QUORUM: 'A sampled share was asked of a second node, and compared.',
  NONE: 'Taken as the source gave them: nothing was checked but what decoding and adding up check.',
}

/** How the blocks came in, and what was checked of them. */
export function Coverage() {
  return (
    <Panel
      id="coverage"
      title="How blocks were read"
      about="Where each block of the history came from, and what was done so as not to take it on trust."
    >
      <Pending known={useCoverage()} what="coverage" lines={4}>
        {({ coverageTotals, deployment }) => (
          <>
            {coverageTotals.length === 0 && <p>No block was read yet.</p>}
            <ul class="coverage">
              {coverageTotals.map((total) => (
                <li key={`${total.source} ${total.verification}`}>
                  <p>
                    <strong>
                      {count(total.blocks)} {total.blocks === 1 ? 'block' : 'blocks'}
                    </strong>{' '}
                    from {SOURCES[total.source]}, in {count(total.runs)} {total.runs === 1 ? 'run' : 'runs'}
                  </p>
                  <p class="about">
                    {VERIFICATIONS[total.verification]}
                    {total.verification !== 'NONE' && ` Checked: ${count(total.blocksChecked)}.`}
                  </p>
                </li>
              ))}
            </ul>
            {deployment && <Beginning deployment={deployment} />}
          </>
        )}
      </Pending>
    </Panel>
  )
}

const count = (number: number) => number.toLocaleString('en-US')

function Beginning({
  deployment: { startBlock, partial, createdAt, fingerprint },
}: {
  readonly deployment: NonNullable<CoverageQuery['deployment']>
}) {
  return (
    <dl class="facts">
      <dt>First block</dt>
      <dd>
        Block <ExplorerLink kind="block" id={startBlock} />
        {partial.length === 0
          ? ', where the contracts begin'
          : `; what ${partial.join(' and ')} did before it was left out on purpose`}
      </dd>
      <dt>Indexed since</dt>
      <dd>{second(createdAt)}</dd>
      <dt>Rules</dt>
      <dd>
        <code class="hash" title="SHA-256 over everything in the configuration that decides what a row says">
          {fingerprint}
        </code>
      </dd>
    </dl>
  )
}
