import { expect, test } from 'vitest'
import type { EndpointStatus, Rpc } from '../../src/chain/rpc/rpc'
import { NodeSilent } from '../../src/reperform/errors'
import { untilSilent } from '../../src/reperform/until-silent'

/** Endpoints of which only what they sent counts here. */
function nodes(received: () => number): Rpc {
  const status = () => [{ name: 'http://node', bytesReceived: received() } as EndpointStatus]
  return { status } as Partial<Rpc> as Rpc
}

const never = new Promise<never>(() => undefined)

test('what comes is handed on, and the end is the end', async () => {
  async function* items() {
    yield { toBlock: 1 }
    yield { toBlock: 2 }
  }
  const seen: number[] = []
  for await (const { toBlock } of untilSilent(
    nodes(() => 0),
    items(),
    10_000,
  ))
    seen.push(toBlock)
  expect(seen).toEqual([1, 2])
})

test('nodes that send nothing any more are given up, with the block that was reached', async () => {
  async function* items() {
    yield { toBlock: 7 }
    await never
  }
  const seen: number[] = []
  const reading = async (): Promise<void> => {
    for await (const { toBlock } of untilSilent(
      nodes(() => 5),
      items(),
      50,
    ))
      seen.push(toBlock)
  }
  const error = await reading().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NodeSilent)
  expect(error).toMatchObject({ facts: { url: 'http://node', block: 7 } })
  expect(seen).toEqual([7])
})

test('nodes that send and send are waited for', async () => {
  let bytes = 0
  let looks = 0
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const sending = nodes(() => {
    looks += 1
    // Long after the patience with silence.
    if (looks > 8) finish()
    bytes += 1
    return bytes
  })
  async function* items() {
    await finished
    yield { toBlock: 3 }
  }
  const seen: number[] = []
  for await (const { toBlock } of untilSilent(sending, items(), 20)) seen.push(toBlock)
  expect(seen).toEqual([3])
})
