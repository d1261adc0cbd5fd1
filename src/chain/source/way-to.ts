import { FinalBlockReplaced } from '../errors'
import type { NodeHeader } from '../rpc/node-types'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { checkLinks } from '../verify/check-headers'
import { Disagreement, inAgreement } from './disagreement'
import { blockAt, type HotChain, isChild } from './hot-chain'
import { readHeaders } from './read-headers'

/** Headers that are read at once on the way to a new head: of blocks that are handed over together. */
export const BLOCKS_AT_ONCE = 100
/** How many headers back the first look for a common ancestor goes; each further look goes twice as far. */
const FIRST_STEP = 8

/** Thrown where a head does not descend from the last final block, as these endpoints say. */
export class NotDescended extends Disagreement {
  constructor(
    readonly statement: FinalBlockReplaced,
    endpoints: ReadonlySet<EndpointName>,
  ) {
    super(statement.message, endpoints)
  }
}

export interface Way {
  /** Consecutive headers above a block of the chain. */
  readonly headers: readonly NodeHeader[]
  readonly endpoints: ReadonlySet<EndpointName>
}

/**
 * Finds the way from the indexed chain to a new head: the headers above the last block that both have in common. Of
 * a long way, only the beginning.
 * @param sealed whether each header has to be what its hash commits to
 * @throws Disagreement if the headers do not link: the chain is moving, or somebody is wrong
 * @throws NotDescended if the head does not descend from the last final block
 */
export async function wayTo(rpc: Rpc, chain: HotChain, head: NodeHeader, sealed: boolean): Promise<Way> {
  const target = Number(head.number)
  const endpoints = new Set<EndpointName>()
  const read = (from: number, to: number): Promise<NodeHeader[]> =>
    readHeaders(
      rpc,
      Array.from({ length: to - from + 1 }, (_, index) => from + index),
      (header) => header,
      { sealed, withTransactions: sealed, told: endpoints },
    )
  const base = chain.base.height
  const start = Math.min(base + chain.blocks.length + 1, target)
  // A head that was pushed lacks fields that its hash commits to: then it is read as well.
  const isNext = !sealed && start === target && isChild(chain, head)
  let headers = isNext ? [head] : await read(start, Math.min(target, start + BLOCKS_AT_ONCE - 1))
  for (let step = FIRST_STEP; ; step *= 2) {
    const [first] = headers
    inAgreement(endpoints, () => checkLinks(headers))
    if (first === undefined) throw new Disagreement(`block ${start} is not there`, endpoints)
    if (isChild(chain, first)) break
    const from = Number(first.number)
    if (from <= base + 1) {
      const [there] = await read(base, base)
      const message = `block ${from} has parent ${first.parentHash}, but the block before it is ${there?.hash}`
      if (there?.hash !== first.parentHash) throw new Disagreement(message, endpoints)
      throw new NotDescended(replaced(chain, first), endpoints)
    }
    headers = [...(await read(Math.max(base + 1, from - step), from - 1)), ...headers]
  }
  return { headers: withoutKnown(chain, headers), endpoints }
}

/** Leaves out what is indexed already; but never the last, which says that there is something to do. */
function withoutKnown(chain: HotChain, headers: readonly NodeHeader[]): readonly NodeHeader[] {
  const isNew = headers.findIndex(({ number, hash }) => blockAt(chain, Number(number))?.hash !== hash)
  return isNew === -1 ? headers.slice(-1) : headers.slice(isNew)
}

function replaced({ base }: HotChain, { parentHash }: NodeHeader): FinalBlockReplaced {
  return new FinalBlockReplaced({ block: base.height, indexed: base.hash, onChain: parentHash })
}
