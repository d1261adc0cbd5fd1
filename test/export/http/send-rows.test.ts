import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Cells } from '../../../src/core/datasets/dataset'
import { createEncoder } from '../../../src/export/encoders'
import type { Coding } from '../../../src/export/http/content-coding'
import { sendRows } from '../../../src/export/http/send-rows'

const COLUMNS = [{ name: 'n', kind: 'integer', isNullable: false, description: '' }] as const

interface Sent {
  readonly text: string
  readonly error: string | undefined
  readonly reported: readonly unknown[]
}

/** Sends rows to a client that reads all the time. */
async function send(
  version: '1.0' | '1.1',
  rows: (response: ServerResponse) => AsyncIterable<readonly Cells[]>,
  coding: Coding = 'identity',
): Promise<Sent> {
  const reported: unknown[] = []
  const server = createServer((_, response) => {
    const { signal: gone } = new AbortController()
    const encoder = createEncoder('csv', COLUMNS)
    const report = (error: unknown) => void reported.push(error)
    const sending = { file: 'n.csv', encoder, isRest: false, coding, gone, stallLimit: 50, report }
    response.writeHead(200)
    void sendRows(response, { ...sending, rows: rows(response) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  let error: string | undefined
  let text = ''
  socket.on('data', (chunk) => (text += chunk))
  socket.on('error', (failure: NodeJS.ErrnoException) => (error = failure.code))
  socket.write(`GET / HTTP/${version}\r\nHost: ashao\r\nConnection: close\r\n\r\n`)
  await once(socket, 'close').catch(() => once(socket, 'close'))
  return { text, error, reported }
}

test.each(['1.0', '1.1'] as const)('rows that are slow to come are waited for (HTTP/%s)', async (version) => {
  const { text, error, reported } = await send(version, async function* (response) {
    yield [['1']]
    // Three times as long as a client may take nothing.
    for (let turn = 0; turn < 3; turn += 1) await once(response, 'timeout')
    yield [['2'], ['3']]
  })
  expect([error, reported]).toEqual([undefined, []])
  expect(text).toContain(version === '1.0' ? 'n\r\n1\r\n2\r\n3\r\n' : '6\r\n2\r\n3\r\n\r\n0\r\n\r\n')
})

// Before HTTP/1.1 the end of the connection is the end of the file, so it must not end in the ordinary way.
test.each([
  ['1.0', 'identity'],
  ['1.1', 'identity'],
  ['1.1', 'gzip'],
  ['1.1', 'zstd'],
] as const)('rows that fail reset the connection (HTTP/%s, %s)', async (version, coding) => {
  const { text, error, reported } = await send(
    version,
    async function* (response) {
      yield [['1']]
      await once(response, 'timeout')
      throw new Error('the rows are gone')
    },
    coding,
  )
  expect(text).not.toContain('\r\n0\r\n\r\n')
  expect(error).toBe('ECONNRESET')
  expect(reported).toMatchObject([
    { code: 'E7064', facts: { file: 'n.csv', bytes: 6 }, cause: { message: 'the rows are gone' } },
  ])
})
