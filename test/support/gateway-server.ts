import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Rpc } from '../../src/devnet/rpc'

type Fields = Readonly<Record<string, unknown>>

/** A block as a node tells it, with its transactions and logs. */
interface ChainBlock {
  readonly number: number
  readonly header: Fields
  readonly transactions: readonly Fields[]
  readonly logs: readonly Fields[]
}

interface LogRequest {
  readonly address?: readonly string[]
  readonly topic0?: readonly string[]
  readonly topic1?: readonly string[]
  readonly topic2?: readonly string[]
  readonly topic3?: readonly string[]
  readonly transaction?: boolean
}

interface Query {
  readonly fromBlock: number
  readonly toBlock?: number
  readonly includeAllBlocks?: boolean
  readonly fields?: Readonly<Record<'block' | 'log' | 'transaction', Readonly<Record<string, boolean>>>>
  readonly logs?: readonly LogRequest[]
}

/** What was asked of the server, in order. */
export interface GatewayRequest {
  readonly path: string
  readonly host: string
  readonly headers: IncomingHttpHeaders
}

export interface GatewayServerOptions {
  readonly chain: readonly ChainBlock[]
  /** The key that the gateway, but no worker, asks for; none if left out. */
  readonly apiKey?: string
  /** The height up to which it has data; that of the chain if left out. */
  readonly height?: number
  /** Blocks of one answer at most: data lies in files, and an answer never goes beyond the end of one. */
  readonly chunk?: number
  /** Changes an answer; where it returns nothing, the server hangs up. */
  readonly tamper?: (request: GatewayRequest, answer: GatewayAnswer) => GatewayAnswer | undefined
}

export interface GatewayAnswer {
  readonly status: number
  readonly type: 'text/plain' | 'application/json'
  readonly body: string
}

export interface GatewayServer {
  readonly url: string
  readonly requests: readonly GatewayRequest[]
  close(): Promise<void>
}

/** Reads a whole chain from a node. */
export async function readChain(rpc: Rpc): Promise<ChainBlock[]> {
  const head = Number(await rpc<string>('eth_blockNumber'))
  const logs = await rpc<Fields[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
  return Promise.all(
    Array.from({ length: head + 1 }, async (_, number): Promise<ChainBlock> => {
      const at = `0x${number.toString(16)}`
      const header = await rpc<Fields>('eth_getBlockByNumber', [at, true])
      const transactions = header.transactions as readonly Fields[]
      return { number, header, transactions, logs: logs.filter(({ blockNumber }) => blockNumber === at) }
    }),
  )
}

/**
 * An SQD Network gateway on loopback: it tells its height, names a worker for a block, and the worker answers queries
 * with the blocks that hold what was asked for, besides the first and the last block of what it looked through.
 * Gateway and worker are two origins, as in the network: 127.0.0.1 and localhost.
 */
export async function startGatewayServer(options: GatewayServerOptions): Promise<GatewayServer> {
  const requests: GatewayRequest[] = []
  const server = createServer(async (incoming, response) => {
    const request = { path: incoming.url ?? '', host: incoming.headers.host ?? '', headers: incoming.headers }
    requests.push(request)
    const truth = answerTo(request, await bodyOf(incoming), options)
    const answer = options.tamper === undefined ? truth : options.tamper(request, truth)
    if (answer === undefined) response.destroy()
    else send(response, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/network/test`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answerTo(
  { path, host, headers }: GatewayRequest,
  body: string,
  options: GatewayServerOptions,
): GatewayAnswer {
  const { chain, apiKey, height = chain.length - 1 } = options
  if (path.startsWith('/worker/')) {
    return {
      status: 200,
      type: 'application/json',
      body: JSON.stringify(blocksOf(JSON.parse(body), height, options)),
    }
  }
  const text = (status: number, said: string): GatewayAnswer => ({ status, type: 'text/plain', body: said })
  if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`)
    return text(403, `no key ${apiKey}`)
  if (path === '/network/test/height') return text(200, String(height))
  const from = /^\/network\/test\/(\d+)\/worker$/.exec(path)?.[1]
  if (from === undefined) return text(404, 'no such network')
  if (Number(from) > height) return text(503, 'not there yet')
  return text(200, `http://localhost:${host.split(':')[1]}/worker/with-a-token?chunk=${from}`)
}

function blocksOf(
  query: Query,
  height: number,
  { chain, chunk = chain.length }: GatewayServerOptions,
): Fields[] {
  const { fromBlock, toBlock = height, includeAllBlocks, fields, logs: asked = [] } = query
  const end = Math.min(toBlock, height, (Math.floor(fromBlock / chunk) + 1) * chunk - 1)
  return chain.slice(fromBlock, end + 1).flatMap((block) => {
    const logs = block.logs.filter((log) => asked.some((request) => isAsked(log, request)))
    const isEnd = block.number === fromBlock || block.number === end
    if (logs.length === 0 && !isEnd && includeAllBlocks !== true) return []
    const withTransaction = new Set(
      logs
        .filter((log) => asked.some((request) => request.transaction === true && isAsked(log, request)))
        .map(({ transactionIndex }) => transactionIndex),
    )
    const transactions = block.transactions.filter(({ transactionIndex }) =>
      withTransaction.has(transactionIndex),
    )
    const header = pick(block.header, { ...fields?.block, hash: true, parentHash: true })
    return [
      {
        header: { ...header, number: block.number },
        logs: logs.map((log) => pick(log, { ...fields?.log, logIndex: true, transactionIndex: true })),
        transactions: transactions.map((one) =>
          pick(one, { ...fields?.transaction, transactionIndex: true }),
        ),
      },
    ]
  })
}

function isAsked(log: Fields, { address, topic0, topic1, topic2, topic3 }: LogRequest): boolean {
  const topics = log.topics as readonly string[]
  const isOf = (any: readonly string[] | undefined, value: unknown): boolean =>
    any === undefined || any.length === 0 || any.some((one) => one === value)
  return (
    isOf(address, log.address) && [topic0, topic1, topic2, topic3].every((any, at) => isOf(any, topics[at]))
  )
}

/** Numbers that nodes tell in hex and gateways in decimal. */
const NATURAL = new Set(['number', 'timestamp', 'logIndex', 'transactionIndex'])

function pick(from: Fields, fields: Readonly<Record<string, boolean>>): Fields {
  const names = Object.keys(fields).filter((name) => fields[name])
  return Object.fromEntries(names.map((name) => [name, NATURAL.has(name) ? Number(from[name]) : from[name]]))
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of incoming.setEncoding('utf8')) body += part
  return body
}

function send(response: ServerResponse, { status, type, body }: GatewayAnswer): void {
  response.writeHead(status, { 'content-type': type })
  response.end(body)
}
