import { afterEach, expect, test } from 'vitest'
import { NodeUntrusted } from '../../../src/chain/errors'
import { BadAnswer, RangeTooLarge, RpcRejected } from '../../../src/chain/rpc/rpc'
import { type NodeServer, refuseWith } from './node-server'
import { closeAll, nodes, pool, statusOf } from './open-pool'

afterEach(closeAll)

const logs = (from: number, to: number) => [
  { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` },
]

test.each(['eth_call', 'eth_estimateGas'])(
  'what %s is refused for is thrown at once, with its data',
  async (method) => {
    const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
    const rpc = await pool([first, second])
    first.behave(refuseWith({ code: 3, message: 'execution reverted', data: '0x08c379a0' }))
    const error = await rpc.call(method, []).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RpcRejected)
    expect(error).toMatchObject({ errorClass: 'rejected', code: 3, data: '0x08c379a0', endpoint: 'a' })
    expect(second.received).toHaveLength(0)
  },
)

test.each([
  ['unsupported', -32601, 'Method not found'],
  ['rejected', -32602, 'Invalid params'],
])(
  'what everybody takes to be %s is refused, once everybody was asked',
  async (errorClass, code, message) => {
    const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
    const rpc = await pool([first, second])
    for (const node of [first, second]) node.behave(refuseWith({ code, message }))
    const error = await rpc.call('eth_a', []).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RpcRejected)
    expect(error).toMatchObject({ errorClass, code })
    expect([first.received.length, second.received.length]).toEqual([1, 1])
  },
)

test('a method that an endpoint lacks is not asked for there again', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  first.behave(refuseWith({ code: -32601, message: 'Method not found' }))
  await rpc.call('eth_a', [])
  await rpc.call('eth_a', [])
  expect(first.count('eth_a')).toBe(1)
})

test("a range that is too large is the caller's to divide, and is learned", async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  expect(rpc.logRange()).toBe(2_000)
  node.behave(refuseWith({ code: -32614, message: 'eth_getLogs is limited to a 1,000 range' }))
  const error = await rpc.call('eth_getLogs', logs(0, 1_999)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RangeTooLarge)
  expect(error).toMatchObject({ blocks: 1_000, endpoint: 'a' })
  expect(rpc.logRange()).toBe(1_000)
})

test('a block whose logs are too many goes elsewhere, and is refused where there is nowhere', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  const tooMany = refuseWith({ code: -32005, message: 'query returned more than 10000 results' })
  first.behave(tooMany)
  expect((await rpc.call('eth_getLogs', logs(5, 5))).endpoint).toBe('b')
  second.behave(tooMany)
  await expect(rpc.call('eth_getLogs', logs(5, 5))).rejects.toMatchObject({ errorClass: 'unsupported' })
})

test('a range that fails again and again without a reason is taken to be too large', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(refuseWith({ code: -32603, message: 'Internal error' }))
  await expect(rpc.call('eth_getLogs', logs(0, 9))).rejects.toBeInstanceOf(RangeTooLarge)
  expect(node.received).toHaveLength(3)
})

test('batches shrink to what is taken, down to none at all, and every question is answered in order', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave((received) => {
    const { requests, isBatch } = received
    if (isBatch && requests.length > 1) {
      received.send({
        jsonrpc: '2.0',
        id: null,
        error: { code: -32600, message: 'Batched requests are not supported' },
      })
    } else received.answer(({ params }) => params[0])
  })
  const numbers = Array.from({ length: 50 }, (_, index) => index)
  const answers = await rpc.callEach(
    'eth_a',
    numbers.map((number) => [number]),
  )
  expect(answers.map(({ value }) => value)).toEqual(numbers)
  expect(statusOf(rpc, 'a')?.batchSize).toBe(1)
})

test('only what failed of a batch is asked again', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(({ requests, send, answer }) => {
    if (node.received.length > 1) {
      answer(({ params }) => params[0])
      return
    }
    send(
      requests.map(({ id, params }) => ({
        ...{ jsonrpc: '2.0', id },
        ...(Number(params[0]) % 2
          ? { error: { code: -32603, message: 'Internal error' } }
          : { result: params[0] }),
      })),
    )
  })
  const answers = await rpc.callEach('eth_a', [[0], [1], [2], [3]])
  expect(answers.map(({ value }) => value)).toEqual([0, 1, 2, 3])
  expect(node.received.map(({ requests }) => requests.length)).toEqual([4, 2])
})

test('an empty list of questions is answered without asking', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  expect(await rpc.callEach('eth_a', [])).toEqual([])
  expect(node.received).toEqual([])
})

test('an answer that fails its check is asked for elsewhere, and counted', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  const check = (_: unknown, __: number, endpoint: string): void => {
    if (endpoint === 'a') throw new BadAnswer('untrusted', 'a lie')
  }
  expect((await rpc.call('eth_a', [], { check })).endpoint).toBe('b')
  expect(statusOf(rpc, 'a')?.errors).toEqual({ untrusted: 1 })
})

test('where every answer fails its check, the call fails with a statement', async () => {
  const servers = await nodes(2)
  const rpc = await pool(servers)
  const check = (): void => {
    throw new BadAnswer('untrusted', 'the hash is another')
  }
  const error = await rpc.call('eth_a', [], { check }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NodeUntrusted)
  expect(error).toMatchObject({
    code: 'E3014',
    facts: { method: 'eth_a', what: 'the hash is another', tries: 10 },
  })
})

test('an error of the check that judges nothing is thrown on', async () => {
  const rpc = await pool(await nodes(1))
  const check = (): void => {
    throw new TypeError('a fault of ours')
  }
  await expect(rpc.call('eth_a', [], { check })).rejects.toThrow(TypeError)
})

test('a lagging replica is asked until it has the block', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave((received) => {
    if (node.received.length < 6) refuseWith({ code: -32000, message: 'header not found' })(received)
    else received.answer(() => 'there')
  })
  expect((await rpc.call('eth_a', [])).value).toBe('there')
})
