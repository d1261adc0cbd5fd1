import { second } from '../format/time'
import { CopyButton } from '../parts/copy-button'
import { ExplorerLink } from '../parts/explorer-link'
import { Pending } from '../parts/pending'
import { Panel } from './panel'
import { useFinalDigest } from './questions'

/** One value that stands for the whole history, at a block that cannot change any more. */
export function Digest() {
  return (
    <Panel
      id="digest"
      title="History digest"
      about="One value that stands for the whole history: two indexers have the same events up to a block if, and only if, they have the same digest there."
    >
      <Pending known={useFinalDigest()} what="digest" lines={4}>
        {(asOf) =>
          asOf === null ? (
            <p>Nothing is final yet: the digest of a block that can still be replaced says little.</p>
          ) : (
            <>
              <div class="copied">
                <code class="hash">{asOf.snapshot.digest}</code>
                <CopyButton text={asOf.snapshot.digest} what="the digest" />
              </div>
              <p class="dated">
                Up to block <ExplorerLink kind="block" id={asOf.snapshot.block} /> (
                {second(asOf.snapshot.timestamp)}),{' '}
                {asOf.finalized
                  ? 'the newest with events that is final.'
                  : 'the newest that is indexed; it is not final yet.'}
              </p>
              <details>
                <summary>What it commits to, and how to compare it</summary>
                <p>
                  It is a chain of SHA-256. The first link is made of the chain’s id, the contracts with their
                  start blocks, and the treasury and buyback wallets. Each block with events adds one link:
                  the digest before it, its number, hash and time, and every event in the order of the logs
                  with transaction, addresses and exact amount. A single other event, amount or order gives
                  another digest ever after.
                </p>
                <p>
                  To compare, ask any other indexer of this economy for its digest at the same block, or make
                  it anew from a node of your own (see “Check it yourself”). Where two differ, halve the range
                  of blocks until the first block is found at which they do. Every byte of it is written down
                  in <code>docs/digest.md</code>, precisely enough to compute it in any language.
                </p>
              </details>
            </>
          )
        }
      </Pending>
    </Panel>
  )
}
