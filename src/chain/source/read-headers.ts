import type { Hash } from '../../core/address'
import { inHex } from '../rpc/hex'
import type { NodeHeader } from '../rpc/node-types'
import { BadAnswer, type EndpointName, type Rpc } from '../rpc/rpc'
import { checkHeader } from '../verify/check-headers'
import { headerHash } from '../verify/header-hash'

/** What of a header goes into the index; `timestamp` in unix seconds. */
export interface BriefHeader {
  readonly number: number
  readonly hash: Hash
  readonly parentHash: Hash
  readonly timestamp: number
}

export interface HeaderAsking {
  /** Whether each header has to be what its hash commits to. */
  readonly sealed?: boolean
  /** Whether the hashes of its transactions are read. */
  readonly withTransactions?: boolean
  readonly avoid?: ReadonlySet<EndpointName>
  /** Takes the names of those who answered. */
  readonly told?: Set<EndpointName>
  readonly priority?: number
}

/** Headers in one question: as many as are parsed at once, for a header is a thousand times what is kept of it. */
const AT_ONCE = 100

/** Reads the headers of some blocks by their heights, and keeps of each what `keep` takes; in the given order. */
export async function readHeaders<T>(
  rpc: Rpc,
  numbers: readonly number[],
  keep: (header: NodeHeader) => T,
  { sealed = false, withTransactions = false, told, ...asking }: HeaderAsking = {},
): Promise<T[]> {
  const runs: (readonly number[])[] = []
  for (let start = 0; start < numbers.length; start += AT_ONCE) {
    runs.push(numbers.slice(start, start + AT_ONCE))
  }
  const kept = await Promise.all(
    runs.map(async (run) => {
      const answers = await rpc.callEach<NodeHeader>(
        'eth_getBlockByNumber',
        run.map((number) => [inHex(number), false]),
        {
          ...asking,
          ...(!withTransactions && { unread: 'transactions' }),
          check: (header, index) => {
            checkHeader(header, { number: run[index] ?? -1 })
            if (sealed) checkSeal(header)
          },
        },
      )
      return answers.map(({ value, endpoint }) => {
        told?.add(endpoint)
        return keep(value)
      })
    }),
  )
  return kept.flat()
}

export function briefly({ number, hash, parentHash, timestamp }: NodeHeader): BriefHeader {
  return { number: Number(number), hash, parentHash, timestamp: Number(timestamp) }
}

function checkSeal(header: NodeHeader): void {
  const found = headerHash(header)
  if (found === header.hash) return
  const number = Number(header.number)
  throw new BadAnswer('untrusted', `the header of block ${number} hashes to ${found}, not to ${header.hash}`)
}
