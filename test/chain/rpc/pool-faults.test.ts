import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPool } from '../../../src/chain/rpc/pool'
import { BadAnswer } from '../../../src/chain/rpc/rpc'
import { type Received, refuseWith, startNode } from './node-server'

/** Faults of one request; none of them depends on the question. */
const FAULTS: readonly ((received: Received) => void)[] = [
  ({ send }) => send('busy', 503),
  ({ send }) => send('<html>'),
  ({ send }) => send('[{"jsonrpc":"2.0","id":1,"resu'),
  ({ response }) => response.destroy(),
  ({ requests, isBatch, send }) =>
    send(isBatch ? requests.slice(1).map(({ id }) => ({ jsonrpc: '2.0', id, result: id })) : { result: 1 }),
  ({ response }) => {
    response.writeHead(200, { 'content-length': '99' })
    response.write('[')
    response.destroy()
  },
  refuseWith({ code: -32603, message: 'Internal error' }),
  refuseWith({ code: -32000, message: 'header not found' }),
  refuseWith({ code: 429, message: 'Too many requests' }, 429, { 'retry-after': '0.01' }),
  ({ answer }) => answer(() => 'a lie'),
]

test('whatever two nodes do to some of the requests, each question gets its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.nat(FAULTS.length - 1), { freq: 2 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 250 }),
      async (faults, count) => {
        const nodes = await Promise.all([startNode(), startNode()])
        const upcoming = [...faults]
        for (const node of nodes) {
          node.behave((received) => {
            const fault = FAULTS[upcoming.shift() ?? -1]
            if (fault !== undefined) fault(received)
            else received.answer(({ params }) => params[0])
          })
        }
        const rpc = createPool({
          endpoints: nodes.map(({ url }) => ({ url, shownUrl: 'node' })),
          admit: async () => {},
        })
        try {
          const check = (value: unknown, index: number): void => {
            if (value !== index) throw new BadAnswer('untrusted', 'not what was asked for')
          }
          const questions = Array.from({ length: count }, (_, index) => [index])
          const answers = await rpc.callEach('eth_a', questions, { check })
          expect(answers.map(({ value }) => value)).toEqual(questions.flat())
        } finally {
          await rpc.close()
          for (const node of nodes) await node.close()
        }
      },
    ),
    { numRuns: 20 },
  )
})
