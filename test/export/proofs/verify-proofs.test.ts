import { decode, encode } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hexOfBytes } from '../../../src/chain/verify/hex-bytes'
import { keccak } from '../../../src/chain/verify/keccak'
import { type BlockProof, proofLine } from '../../../src/export/proofs/block-proof'
import { openSimulator } from '../../bench/open-simulator'
import { closeAll, pool } from '../../chain/rpc/open-pool'
import { filesOf, foldedRows } from './folded-rows'
import { proofsOf, verified } from './proving'
import { simulatedHistory } from './simulated-history'

const history = simulatedHistory({ blocks: 24, events: 120 })
const { economy, blocks } = history
const WHOLE = history.range(0, 24)
const rows = foldedRows(economy, blocks)
let proofs: BlockProof[]

beforeAll(async () => {
  proofs = await proofsOf(await pool([await openSimulator({ chain: history.chain })]), economy, WHOLE)
})
afterAll(closeAll)

/** What is said of the proofs with one of them changed, and which that was. */
async function changed(at: number, change: (proof: BlockProof) => BlockProof | string | undefined) {
  const index = at % proofs.length
  const proof = proofs[index]
  if (proof === undefined) throw new TypeError('there are no proofs')
  const all = proofs.flatMap((each) => (each === proof ? (change(proof) ?? []) : each))
  return { proof, place: `${index + 1}/${proof.blockNumber}: `, ...(await verified(all, economy, WHOLE)) }
}

/** The same of one proof alone, in a range that is its block. */
async function changedAlone(at: number, change: (proof: BlockProof) => BlockProof | string) {
  const proof = proofs[at % proofs.length]
  if (proof === undefined) throw new TypeError('there are no proofs')
  const range = history.range(proof.blockNumber, proof.blockNumber)
  return { proof, place: `1/${proof.blockNumber}: `, ...(await verified([change(proof)], economy, range)) }
}

/** The last finding of all wherever the proven events are not the ones of the digest. */
const DIGEST = /^-\/-: the events that are proven add up to history digest 0x\w+, not to 0x\w+/

function flipped(hex: string, digit: number, bit: number): string {
  const at = 2 + (digit % (hex.length - 2))
  const nibble = Number.parseInt(hex.charAt(at), 16) ^ (1 << bit)
  return hex.slice(0, at) + nibble.toString(16) + hex.slice(at + 1)
}

describe('one bit', () => {
  const where = fc.record({ at: fc.nat(), node: fc.nat(), digit: fc.nat(), bit: fc.nat(3) })

  test('of a header is found, and the line and the block are named', async () => {
    await fc.assert(
      fc.asyncProperty(where, async ({ at, digit, bit }) => {
        const { said, place } = await changedAlone(at, (proof) => {
          return { ...proof, header: flipped(proof.header, digit, bit) }
        })
        expect(said[0]).toMatch(new RegExp(`^${place}.*header`))
        expect(said.at(-1)).toMatch(DIGEST)
      }),
      { numRuns: 200 },
    )
  })

  test('of any node, so of any receipt, is found, and the transaction is named', async () => {
    await fc.assert(
      fc.asyncProperty(where, async ({ at, node, digit, bit }) => {
        const { said, place, proof } = await changedAlone(at, (whole) => {
          const nodes = whole.nodes.map((hex, index) =>
            index === node % whole.nodes.length ? flipped(hex, digit, bit) : hex,
          )
          return { ...whole, nodes }
        })
        const concerned = proof.receipts.filter(({ path }) => path.includes(node % proof.nodes.length))
        expect(said.slice(0, -1)).toEqual(
          concerned.map(
            ({ transactionIndex }) =>
              `${place}transaction ${transactionIndex}: its path does not lead from the receiptsRoot of the ` +
              'header to a receipt',
          ),
        )
        expect(said.at(-1)).toMatch(DIGEST)
      }),
      { numRuns: 150 },
    )
  })

  test('of what else a line says is found', async () => {
    const of = fc.record({ at: fc.nat(), place: fc.nat(), bit: fc.nat(3) })
    await fc.assert(
      fc.asyncProperty(of, async ({ at, place: character, bit }) => {
        const { said } = await changedAlone(at, (proof) => {
          const line = proofLine(proof)
          const index = character % line.length
          const other = String.fromCharCode(line.charCodeAt(index) ^ (1 << bit))
          return line.slice(0, index) + other + line.slice(index + 1)
        })
        expect(said.length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})

describe('a proof', () => {
  test('of another block does not fit', async () => {
    const { said, place } = await changed(3, (proof) => ({ ...proof, header: proofs[4]?.header ?? '' }))
    expect(said[0]).toMatch(new RegExp(`^${place}the header hashes to .*, not to the blockHash`))
    expect(said[1]).toBe(`${place}the header is of block ${proofs[4]?.blockNumber}`)
    const moved = await changed(3, (proof) => ({ ...proof, nodes: proofs[4]?.nodes ?? [] }))
    expect(moved.said[0]).toMatch(/^4\/\d+: (transaction \d+: its path|node \d+ is on no path)/)
  })

  test('at another place among the transactions does not fit', async () => {
    const { said, place, proof } = await changed(5, (whole) => {
      const receipts = whole.receipts.map((each) => ({
        ...each,
        transactionIndex: each.transactionIndex + 1,
      }))
      return { ...whole, receipts }
    })
    const index = (proof.receipts[0]?.transactionIndex ?? 0) + 1
    expect(said[0]).toMatch(new RegExp(`^${place}transaction ${index}: its path`))
  })

  test('whose logs are said to begin elsewhere does not add up', async () => {
    const shift = (by: number) =>
      changed(7, (proof) => {
        const receipts = proof.receipts.map((each) => ({ ...each, firstLogIndex: each.firstLogIndex + by }))
        return { ...proof, receipts }
      })
    expect((await shift(1)).said.at(-1)).toMatch(DIGEST)
    const { said, place } = await changed(7, ({ receipts, ...proof }) => {
      return { ...proof, receipts: receipts.map((each) => ({ ...each, firstLogIndex: 0 })) }
    })
    expect(said[0]).toMatch(new RegExp(`^${place}transaction \\d+: its logs cannot begin at index 0`))
  })

  test('of another transaction’s hash does not add up', async () => {
    const { said } = await changed(7, (proof) => {
      const receipts = proof.receipts.map((each) => ({ ...each, transactionHash: proof.blockHash }))
      return { ...proof, receipts }
    })
    expect(said).toEqual([expect.stringMatching(DIGEST)])
  })

  test('that is left out is missed by the digest, and by the rows of its events', async () => {
    const { said, proof } = await changed(9, () => undefined)
    expect(said).toEqual([expect.stringMatching(DIGEST)])
    const others = proofs.filter((each) => each !== proof)
    const withRows = await verified(others, economy, WHOLE, filesOf(rows, WHOLE))
    const unproven = withRows.findings.filter(({ row }) => row !== undefined)
    expect(unproven.length).toBeGreaterThan(0)
    for (const { block, problem } of unproven) {
      expect(block).toBe(proof.blockNumber)
      expect(problem).toMatch(/^log "\d+" has no proof that is its own$/)
    }
  })

  test('of a receipt that is left out is missed', async () => {
    const at = proofs.findIndex(({ receipts }) => receipts.length > 1)
    const { said, place } = await changed(at, (proof) => ({ ...proof, receipts: proof.receipts.slice(1) }))
    expect(said[0]).toMatch(
      new RegExp(`^${place}(transaction \\d+: its path names node|node \\d+ is on no path)`),
    )
  })

  test('comes once, in order, and links to the one before it', async () => {
    const twice = await verified([...proofs.slice(0, 3), ...proofs.slice(2)], economy, WHOLE)
    const block = proofs[2]?.blockNumber
    expect(twice.said[0]).toBe(`4/${block}: it comes after block ${block}`)
    const [one, other, ...rest] = proofs as [BlockProof, BlockProof, ...BlockProof[]]
    const swapped = await verified([other, one, ...rest], economy, WHOLE)
    expect(swapped.said[0]).toBe(`2/${one.blockNumber}: it comes after block ${other.blockNumber}`)
  })

  /** A header that was changed and hashes to what its line says: only its neighbours and the digest tell. */
  function forged(proof: BlockProof, field: number, value: Uint8Array): BlockProof {
    const fields = decode(proof.header) as Uint8Array[]
    const header = encode(fields.with(field, value))
    return { ...proof, header: hexOfBytes(header), blockHash: hexOfBytes(keccak(header)) }
  }

  test('of a block that is made up does not link, runs back in time, or does not add up', async () => {
    const next = proofs.findIndex(
      ({ blockNumber }, index) => proofs[index - 1]?.blockNumber === blockNumber - 1,
    )
    const before = proofs[next - 1] as BlockProof
    const orphan = await changed(next, (proof) => forged(proof, 0, new Uint8Array(32)))
    expect(orphan.said[0]).toBe(
      `${orphan.place}its parent is 0x${'0'.repeat(64)}, but block ${before.blockNumber} is ${before.blockHash}`,
    )
    const early = await changed(next, (proof) => forged(proof, 11, Uint8Array.of(1)))
    expect(early.said[0]).toBe(`${early.place}its time is before that of block ${before.blockNumber}`)
    const richer = await changed(proofs.length - 2, (proof) => forged(proof, 9, Uint8Array.of(1)))
    expect(richer.said.at(-1)).toMatch(DIGEST)
    const rootless = await changed(3, (proof) => forged(proof, 5, new Uint8Array(32)))
    expect(rootless.said[0]).toMatch(new RegExp(`^${rootless.place}transaction \\d+: its path`))
    const beyond = await changed(3, (proof) => forged(proof, 8, new Uint8Array(7).fill(1)))
    expect(beyond.said[0]).toBe(`${beyond.place}field 8 of the header is no height and no time`)
    const rough = await changed(3, (proof) => forged(proof, 0, new Uint8Array(31)))
    expect(rough.said[0]).toBe(`${rough.place}field 0 of the header is no hash`)
  })

  test('outside the range, or of another last block, is refused', async () => {
    const part = history.range(8, 18)
    const more = await verified(proofs, economy, part)
    expect(more.said[0]).toBe(`1/${proofs[0]?.blockNumber}: it is not of blocks 8 to ${part.toBlock}`)
    const other = await verified(proofs, economy, { ...WHOLE, toBlockHash: WHOLE.digest.after })
    expect(other.said).toEqual([
      `${proofs.length}/${WHOLE.toBlock}: the last block is ${WHOLE.toBlockHash}, not ${WHOLE.digest.after}`,
      expect.stringMatching(DIGEST),
    ])
  })

  test.each([
    ['nothing', '', 'it is not JSON'],
    ['another object', '{"blockNumber":1}', 'blockHash is not what a proof has there: expected a hash'],
  ])('that is %s is no proof', async (_, line, problem) => {
    const { said } = await changed(2, () => line)
    expect(said[0]).toBe(`3/-: ${problem}`)
  })

  test('is written in one way only', async () => {
    const spelled = await changed(2, (proof) => JSON.stringify(proof, undefined, 1).replaceAll('\n', ''))
    expect(spelled.said[0]).toMatch(/^3\/-: it is spelled otherwise/)
    const more = await changed(2, (proof) => ({ ...proof, nodes: [...proof.nodes, '0x80'] }))
    expect(more.said[0]).toMatch(new RegExp(`^${more.place}node \\d+ is on no path`))
    const idle = await changed(2, ({ receipts: [first, ...others], ...proof }) => {
      if (first === undefined) throw new TypeError('there is no receipt')
      const place = proof.nodes.length
      return {
        ...proof,
        nodes: [...proof.nodes, '0x80'],
        receipts: [...others, { ...first, path: [...first.path, place] }],
      }
    })
    expect(idle.said.length).toBeGreaterThan(1)
  })

  test('by the rules of another economy proves other events', async () => {
    const { policy } = economy
    const other = { ...economy, policy: { ...policy, treasury: policy.buyback, buyback: new Set<never>() } }
    const { said } = await verified(proofs, other, WHOLE)
    expect(said.at(-1)).toMatch(DIGEST)
  })
})
