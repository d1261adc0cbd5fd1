import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import type { HotDatabaseState, HotUpdate } from '@subsquid/util-internal-processor-tools'
import { getRequestAt, type RangeRequestList } from '@subsquid/util-internal-range'
import type { VerificationSetting } from '../../config/verification'
import type { Decode } from '../decode-log'
import type { NodeHeader } from '../rpc/node-types'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { Disagreement, untilAgreed } from './disagreement'
import type { HeadSeen, Heads } from './heads'
import { blockAt, extended, finalizedUpTo, type HotChain, hotChainOf, topOf } from './hot-chain'
import { lagDetector } from './lag'
import { readHotBlocks } from './read-hot-blocks'
import type { SourceBlock } from './source-block'
import { type Wanted, wantedOf } from './wanted-logs'
import { NotDescended, wayTo } from './way-to'
import { whileOnChain } from './while-on-chain'

/** How often the last final block has to be missed until it counts as gone. */
const REPLACED_SIGHTS = 5

export interface FollowOptions {
  readonly rpc: Rpc
  readonly heads: Heads
  readonly requests: RangeRequestList<DataRequest>
  readonly verification: VerificationSetting
  readonly decode: Decode
}

type Apply = (update: HotUpdate<SourceBlock>) => Promise<void>

/**
 * Follows the head of the chain: hands over each new block, and after a reorganisation the blocks that are there now,
 * from the last common one on. Never resolves.
 * @throws FinalBlockReplaced (E3010) if the chain does not descend from what was indexed as final
 * @throws NodeUntrusted (E3014), ReceiptsUnverifiable (E3017)
 */
export async function followHead(
  { rpc, heads, requests, verification, decode }: FollowOptions,
  state: HotDatabaseState,
  apply: Apply,
): Promise<never> {
  let chain = hotChainOf(state)
  let replacedSights = 0
  const sightOf = lagDetector()
  const wantedAt = wantedByHeight(requests, decode)

  /** What is final of a chain: where a depth says so, it counts from what was reached, not from what was announced. */
  const finalAsOf = (reached: HotChain, finalized: number): HotChain =>
    finalizedUpTo(reached, Math.min(finalized, topOf(reached).height - heads.depth))

  /** Hands over blocks that link to the chain, and makes final what is. */
  const take = async (blocks: readonly SourceBlock[], finalized: number): Promise<void> => {
    const from = blocks[0]?.header.height ?? topOf(chain).height + 1
    const baseHead = blockAt(chain, from - 1)
    if (baseHead === undefined) throw new TypeError(`block ${from} does not link to the chain`)
    const names = blocks.map(({ header: { height, hash } }) => ({ height, hash }))
    const next = finalAsOf(extended(chain, names), finalized)
    await apply({ blocks: [...blocks], baseHead, finalizedHead: next.base })
    chain = next
  }

  /** Reads some of the way to a head. */
  const readWay = async (rpc: Rpc, head: NodeHeader): Promise<SourceBlock[]> => {
    const isSealed = verification.mode === 'receipts'
    const { headers } = await wayTo(rpc, chain, head, isSealed)
    const last = headers.at(-1)
    // A header that is what its hash says, and descends from what is indexed, is right about itself; the head need not be.
    if (!isSealed && last?.number === head.number && last.hash !== head.hash) {
      const message = `block ${Number(head.number)} is ${head.hash} and ${last.hash}`
      throw new Disagreement(message, new Set<EndpointName>())
    }
    if (last?.hash === topOf(chain).hash) return []
    const blocks: SourceBlock[] = []
    for (const run of sameWanted(headers, wantedAt)) {
      const wanted = wantedAt(Number(run[0]?.number))
      blocks.push(...(await readHotBlocks(rpc, run, wanted, verification)))
    }
    return blocks
  }

  /** Goes some of the way to a head. @returns whether there is more of it. */
  const advance = async ({ head, finalized }: HeadSeen): Promise<boolean> => {
    await take(await whileOnChain(rpc, head, (bounded) => readWay(bounded, head)), finalized)
    return topOf(chain).height < Number(head.number)
  }

  const goTo = async (seen: HeadSeen): Promise<void> => {
    let isMore = true
    let current = seen
    while (isMore) {
      isMore = await untilAgreed(rpc, `the way to block ${Number(current.head.number)}`, async () => {
        // A head that was seen after a disagreement and is lower is to be doubted first, as every such head.
        if (current !== seen && Number(current.head.number) < topOf(chain).height) return false
        try {
          const more = await advance(current)
          replacedSights = 0
          return more
        } catch (error) {
          if (error instanceof NotDescended) {
            replacedSights += 1
            if (replacedSights >= REPLACED_SIGHTS) throw error.statement
          }
          // The chain may have moved meanwhile: the next try goes by what is there then.
          if (error instanceof Disagreement) current = await heads.refresh()
          throw error
        }
      })
    }
  }

  for await (const seen of sights(heads)) {
    const sight = sightOf(chain, seen.head)
    if (sight === 'way') await goTo(seen)
    else if (sight === 'known' && finalAsOf(chain, seen.finalized) !== chain) await take([], seen.finalized)
    else if (sight === 'shorter' && !(await isThere(rpc, topOf(chain).hash))) await takeAgain(seen)
  }
  throw new TypeError('the heads of the chain have no end')

  /** Hands the head over once more, which undoes everything above it. */
  async function takeAgain({ head, finalized }: HeadSeen): Promise<void> {
    if (Number(head.number) === chain.base.height) return
    const number = Number(head.number)
    try {
      const read = (bounded: Rpc) => readHotBlocks(bounded, [head], wantedAt(number), verification)
      await take(await whileOnChain(rpc, head, read), Math.min(finalized, number))
    } catch (error) {
      // It is gone already: the next sight of a head tells what is there.
      if (!(error instanceof Disagreement)) throw error
    }
  }
}

/** Each newest sight of a head; those that came while one was dealt with are passed over, but for the last. */
async function* sights(heads: Heads): AsyncGenerator<HeadSeen> {
  let newest: HeadSeen | undefined
  let wake = (): void => undefined
  heads.watch((seen) => {
    newest = seen
    wake()
  })
  await heads.refresh()
  for (;;) {
    const seen = newest
    newest = undefined
    if (seen !== undefined) yield seen
    else {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}

async function isThere(rpc: Rpc, hash: string): Promise<boolean> {
  const { value } = await rpc.call<NodeHeader | null>('eth_getBlockByHash', [hash, false])
  return value !== null
}

const NOTHING: Wanted = wantedOf({}, () => undefined)

function wantedByHeight(requests: RangeRequestList<DataRequest>, decode: Decode): (height: number) => Wanted {
  const known = new Map<DataRequest, Wanted>()
  return (height) => {
    const request = getRequestAt(requests, height)
    if (request === undefined) return NOTHING
    const wanted = known.get(request) ?? wantedOf(request, decode)
    known.set(request, wanted)
    return wanted
  }
}

/** Headers in runs of which the same is wanted. */
function sameWanted(headers: readonly NodeHeader[], wantedAt: (height: number) => Wanted): NodeHeader[][] {
  const runs: NodeHeader[][] = []
  let current: Wanted | undefined
  for (const header of headers) {
    const wanted = wantedAt(Number(header.number))
    if (wanted === current) runs.at(-1)?.push(header)
    else runs.push([header])
    current = wanted
  }
  return runs
}
