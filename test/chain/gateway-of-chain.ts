import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import { Logger, type LogRecord } from '@subsquid/logger'
import type { DataSource } from '@subsquid/util-internal-processor-tools'
import type { RangeRequestList } from '@subsquid/util-internal-range'
import { expect } from 'vitest'
import type { RawLog } from '../../src/chain/decode-log'
import { createGatewaySource } from '../../src/chain/source/gateway'
import type { GatewayBlock } from '../../src/chain/source/gateway-blocks'
import {
  type GatewayServer,
  type GatewayServerOptions,
  readChain,
  startGatewayServer,
} from '../support/gateway-server'
import { startTestChain } from './test-chain'

export type Source = DataSource<GatewayBlock, DataRequest>

const FIELDS = {
  block: { timestamp: true },
  log: { address: true, topics: true, data: true, transactionHash: true },
  transaction: { from: true, to: true },
}

/** Gateways that serve a real node's chain, and sources that read from them. */
export interface GatewayOfChain {
  readonly chain: GatewayServerOptions['chain']
  readonly head: number
  /** Everything that sources logged. */
  readonly records: readonly LogRecord[]
  serve(
    options?: Omit<GatewayServerOptions, 'chain'>,
    apiKey?: string,
    patience?: number,
  ): Promise<{ server: GatewayServer; source: Source }>
  /** Asks for the token's logs with their transactions, and for the staking contract's. */
  requests(from?: number, to?: number, more?: DataRequest): RangeRequestList<DataRequest>
  /** What the chain itself says of that: the token's logs with their transactions, the others without. */
  truth(from: number, to: number): object[]
  /** The logs of blocks in that form: a transaction comes with every log of it, asked for or not. */
  logsOf(blocks: readonly GatewayBlock[]): RawLog[]
  close(): Promise<unknown>
}

export async function startGatewayOfChain(): Promise<GatewayOfChain> {
  const node = await startTestChain()
  const chain = await readChain(node.rpc)
  const { token, staking } = node.economy.contracts
  await node.stop()
  const servers: GatewayServer[] = []
  const records: LogRecord[] = []
  const log = new Logger((record) => records.push(record), 'test')
  return {
    chain,
    head: chain.length - 1,
    records,
    async serve(options = {}, apiKey, patience = 0) {
      const server = await startGatewayServer({ chain, ...options })
      servers.push(server)
      const { url } = server
      return {
        server,
        source: createGatewaySource({ url, shownUrl: 'http://shown/***', apiKey, log, patience }),
      }
    },
    requests(from = 0, to = undefined, more = {}) {
      const logs = [{ address: [token.address], transaction: true }, { address: [staking.address] }]
      const range = to === undefined ? { from } : { from, to }
      return [{ range, request: { fields: FIELDS, logs, ...more } }]
    },
    truth: (first, last) =>
      chain.slice(first, last + 1).flatMap(({ logs, transactions }) =>
        logs
          .filter(({ address }) => address === token.address || address === staking.address)
          .map(({ address, topics, data, logIndex, transactionHash }) => {
            const raw = { address, topics, data, logIndex: Number(logIndex), transactionHash }
            if (address !== token.address) return raw
            const { from, to } = transactions.find(({ hash }) => hash === transactionHash) ?? {}
            return { ...raw, transaction: { from, to: to ?? undefined } }
          }),
      ),
    logsOf: (blocks) =>
      blocks.flatMap(({ logs }) =>
        logs.map(({ transaction, ...raw }) =>
          raw.address === token.address && transaction !== undefined ? { ...raw, transaction } : raw,
        ),
      ),
    close: () => Promise.all(servers.map((server) => server.close())),
  }
}

/** Everything that a source gives of what was asked for. */
export async function batchesOf(
  source: Source,
  asked: RangeRequestList<DataRequest>,
): Promise<GatewayBlock[][]> {
  const read: GatewayBlock[][] = []
  for await (const { blocks } of source.getFinalizedBlocks(asked, true)) read.push(blocks)
  return read
}

/** How asking fails, which it has to. */
export async function failureOf(
  asking: Promise<unknown>,
): Promise<{ code: string; message: string; reason: string }> {
  const error = await asking.then(
    () => expect.fail('nothing was refused'),
    (thrown) => thrown,
  )
  return { code: error.code, message: `${error.message} ${error.mend}`, reason: error.facts?.reason }
}
