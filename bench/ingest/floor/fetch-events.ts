import { Agent, request } from 'node:http'
import { keccak256, toHex } from 'viem'

/** A row, in the order of the table's columns; amounts stay text until they are added up. */
export type FloorEvent = readonly [
  block: number,
  time: string,
  logIndex: number,
  transaction: string,
  kind: string,
  first: string,
  second: string | null,
  value: bigint,
]

export interface FloorSource {
  readonly url: string
  readonly contracts: { readonly token: string; readonly staking: string; readonly stable: string }
  readonly treasury: readonly string[]
}

interface Log {
  readonly address: string
  readonly topics: readonly [string, string, string]
  readonly data: string
  readonly blockNumber: string
  readonly blockTimestamp?: string
  readonly transactionHash: string
  readonly logIndex: string
}

const topic = (signature: string): string => keccak256(toHex(signature))
const TRANSFER = topic('Transfer(address,address,uint256)')
const KINDS: Readonly<Record<string, string>> = {
  [topic('Burn(address,uint256)')]: 'burn',
  [topic('Stake(address,uint256)')]: 'stake',
  [topic('Unstake(address,uint256)')]: 'unstake',
  [topic('RewardPaid(address,uint256)')]: 'reward',
}
/** Headers in one batch. */
const BATCH = 100

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

export async function headOf(url: string): Promise<number> {
  return Number(await call<string>(url, 'eth_blockNumber'))
}

/** The events of a range of blocks, in chain order. */
export async function fetchEvents(source: FloorSource, from: number, to: number): Promise<FloorEvent[]> {
  const { token, staking, stable } = source.contracts
  const wallets = source.treasury.map((wallet) => `0x${wallet.slice(2).padStart(64, '0')}`)
  const range = { fromBlock: toHex(from), toBlock: toHex(to) }
  const filters = [
    { ...range, address: [token, staking], topics: [[TRANSFER, ...Object.keys(KINDS)]] },
    { ...range, address: stable, topics: [TRANSFER, wallets] },
    { ...range, address: stable, topics: [TRANSFER, null, wallets] },
  ]
  try {
    const found = await Promise.all(filters.map((filter) => call<Log[]>(source.url, 'eth_getLogs', filter)))
    const times = await timesOf(source.url, found.flat())
    const rows = new Map<string, FloorEvent>()
    // A transfer between two treasury wallets is found twice.
    for (const log of found.flat()) rows.set(log.blockNumber + log.logIndex, rowOf(log, source, times))
    return [...rows.values()].sort((one, other) => one[0] - other[0] || one[2] - other[2])
  } catch (error) {
    if (!String(error).includes('query returned more than') || from === to) throw error
    const middle = (from + to) >> 1
    return [...(await fetchEvents(source, from, middle)), ...(await fetchEvents(source, middle + 1, to))]
  }
}

async function timesOf(url: string, logs: readonly Log[]): Promise<ReadonlyMap<string, string>> {
  const times = new Map<string, string>()
  const unknown = new Set<string>()
  for (const { blockNumber, blockTimestamp } of logs) {
    if (blockTimestamp === undefined) unknown.add(blockNumber)
    else times.set(blockNumber, isoTime(blockTimestamp))
  }
  const numbers = [...unknown]
  const batches: Promise<void>[] = []
  for (let index = 0; index < numbers.length; index += BATCH) {
    const batch = numbers
      .slice(index, index + BATCH)
      .map((number, id) => body(id, 'eth_getBlockByNumber', [number, false]))
    batches.push(
      post(url, batch).then((answers) => {
        for (const { result } of answers as { result: { number: string; timestamp: string } }[]) {
          times.set(result.number, isoTime(result.timestamp))
        }
      }),
    )
  }
  await Promise.all(batches)
  return times
}

function isoTime(hex: string): string {
  return new Date(Number(hex) * 1_000).toISOString()
}

function rowOf(log: Log, { contracts }: FloorSource, times: ReadonlyMap<string, string>): FloorEvent {
  const [signature, first, second] = log.topics
  const isTransfer = signature === TRANSFER
  const transfer = log.address === contracts.stable ? 'flow' : 'transfer'
  return [
    Number(log.blockNumber),
    times.get(log.blockNumber) ?? '',
    Number(log.logIndex),
    log.transactionHash,
    isTransfer ? transfer : (KINDS[signature] ?? ''),
    `0x${first.slice(26)}`,
    isTransfer ? `0x${second.slice(26)}` : null,
    BigInt(log.data),
  ]
}

function body(id: number, method: string, params: readonly unknown[]) {
  return { jsonrpc: '2.0', id, method, params }
}

async function call<Result>(url: string, method: string, ...params: readonly unknown[]): Promise<Result> {
  const answer = (await post(url, body(1, method, params))) as { result: Result; error?: { message: string } }
  if (answer.error) throw new Error(answer.error.message)
  return answer.result
}

function post(url: string, content: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => resolve(JSON.parse(Buffer.concat(pieces).toString('latin1'))))
    })
    asking.on('error', reject)
    asking.end(JSON.stringify(content))
  })
}
