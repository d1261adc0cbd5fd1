import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { EconomyFile } from '../../config/economy-file'
import { columnsOf } from '../../core/datasets/datasets'
import type { ExportRange } from '../../core/datasets/export-range'
import { isKnown } from '../../read/caching'
import { type ExportSource, openExportSource } from '../../read/export/export-source'
import { createEncoder } from '../encoders'
import { chooseCoding } from './content-coding'
import { type Described, downloadHeaders, entityTag, validityHeaders } from './download-headers'
import { type DownloadQuery, parseDownloadQuery } from './download-query'
import { DOWNLOADS, type Download } from './downloads'
import { DownloadNotResumable } from './errors'
import { type Client, followClient } from './follow-client'
import { breakOff, STALL_LIMIT, sendRows } from './send-rows'
import { createSlots, MOST_DOWNLOADS } from './slots'

/** What downloads need. */
export interface ExportServices {
  /** Where the history is. Each download opens a connection of its own beside the pool: figures do not wait for files. */
  readonly pool: Pool
  readonly economy: EconomyFile
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
  /** Downloads that are made at once. */
  readonly most?: number
  /** Milliseconds in which a client has to take something of what waits for it. */
  readonly stallLimit?: number
  /** Milliseconds that downloads have to end in when the server closes. */
  readonly closingLimit?: number
}

/** Less than the server itself waits for answers before it closes their connections. */
const CLOSING_LIMIT = 10_000

/**
 * Serves files of history under `/api/export`, HEAD with GET. What is refused is thrown: the server's error handler makes
 * a problem of it.
 */
export function exportRoutes(app: FastifyInstance, services: ExportServices): void {
  const { pool, economy, report, most = MOST_DOWNLOADS, closingLimit = CLOSING_LIMIT } = services
  const slots = createSlots(most)
  const clients = new Set<Client>()
  app.addHook('preClose', async () => {
    setTimeout(() => {
      for (const { socket } of clients) breakOff(socket)
    }, closingLimit).unref()
  })
  for (const download of DOWNLOADS) {
    app.get(download.path, async (request, reply) => {
      const query = queryOf(download, request)
      const release = slots.take()
      const client = followClient(request.raw.socket)
      clients.add(client)
      let source: ExportSource | undefined
      // Before the answer ends: who asks for the next file then finds the place free.
      const finish = async (): Promise<void> => {
        await source?.close().catch(report)
        release()
      }
      try {
        source = await openExportSource(pool, economy)
        // At once, also where the database has not sent a row yet.
        client.whenGone(finish)
        await answer(services, { download, query, source, finish, gone: client.gone }, request, reply)
      } catch (error) {
        if (!client.gone.aborted) throw error
        reply.hijack()
      } finally {
        client.forget()
        clients.delete(client)
        await finish()
      }
      return reply
    })
  }
}

interface Answering {
  readonly download: Download
  readonly query: DownloadQuery
  readonly source: ExportSource
  /** Gives back what the answer needs while it reads. */
  readonly finish: () => Promise<void>
  readonly gone: AbortSignal
}

async function answer(
  { economy, stallLimit = STALL_LIMIT, report }: ExportServices,
  { download, query, source, finish, gone }: Answering,
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const range = await source.range(query.range)
  checkPosition(download, query, range)
  const coding = chooseCoding(headers['accept-encoding'], download.codings)
  const described: Described = { download, query, range, coding, economy, partial: source.partial }
  const isUnchanged = download.isDeterministic && isKnown(entityTag(described), headers['if-none-match'])
  if (isUnchanged || method === 'HEAD') {
    await finish()
    const said = isUnchanged ? validityHeaders(described) : downloadHeaders(described)
    respond(reply, isUnchanged ? 304 : 200, said).end()
    return
  }
  const { dataset, format, path } = download
  const { account, after } = query
  const rows = await begun(source.rows(dataset, range, { account, after }), finish)
  const encoder = createEncoder(format, columnsOf(dataset))
  const isRest = after !== undefined
  const response = respond(reply, 200, downloadHeaders(described))
  await sendRows(response, { file: path, rows, encoder, isRest, coding, gone, stallLimit, report })
}

/** @throws DownloadParametersInvalid (E7061), DownloadNotResumable (E7062) */
function queryOf({ path, query, notResumable }: Download, request: FastifyRequest): DownloadQuery {
  const asked = request.query as Readonly<Record<string, unknown>>
  if (notResumable !== undefined && 'after' in asked) {
    throw new DownloadNotResumable({ file: path, problem: notResumable })
  }
  return parseDownloadQuery(query, asked)
}

/** @throws DownloadNotResumable (E7062) for a row of another range: what follows would be no rest of this file */
function checkPosition({ path }: Download, { after }: DownloadQuery, range: ExportRange): void {
  if (after === undefined) return
  const { fromBlock, toBlock } = range
  if (after.blockNumber >= fromBlock && after.blockNumber <= toBlock) return
  const problem = `block ${after.blockNumber} is not within the range, ${fromBlock} to ${toBlock}`
  throw new DownloadNotResumable({ file: path, problem })
}

/** Rows of which the first have come: what fails before them is refused rather than broken off. */
async function begun<Row>(
  rows: AsyncIterable<Row>,
  finish: () => Promise<void>,
): Promise<AsyncIterable<Row>> {
  const iterator = rows[Symbol.asyncIterator]()
  const first = await iterator.next()
  return (async function* () {
    if (!first.done) {
      yield first.value
      yield* { [Symbol.asyncIterator]: () => iterator }
    }
    await finish()
  })()
}

/** Begins an answer by hand, with what hooks have said already, such as who may read it. */
function respond(reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>) {
  reply.hijack()
  const { raw } = reply
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  return raw.writeHead(status, headers)
}
