import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnsOf } from '../../../src/core/datasets/datasets'
import { type BlockProof, proofLine } from '../../../src/export/proofs/block-proof'
import type { RowsToProve } from '../../../src/export/proofs/proven-rows'
import { openSimulator } from '../../bench/open-simulator'
import { closeAll, pool } from '../../chain/rpc/open-pool'
import { type FoldedRows, filesOf, foldedRows } from './folded-rows'
import { proofsOf, verified } from './proving'
import { simulatedHistory } from './simulated-history'

const history = simulatedHistory({ blocks: 40, events: 400 })
const { economy, blocks } = history
const WHOLE = history.range(0, 40)
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
      { numRuns: 300 },
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
      { numRuns: 300 },
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
      expect(problem).toMatch(/^log "\d+" has no proof$/)
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

  test('outside the range, or of another last block, is refused', async () => {
    const part = history.range(10, 30)
    const more = await verified(proofs, economy, part)
    expect(more.said[0]).toBe(`1/${proofs[0]?.blockNumber}: it is not of blocks 10 to ${part.toBlock}`)
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

describe('rows of other files', () => {
  test('are the proven events, one to one', async () => {
    const { counts, said } = await verified(proofs, economy, WHOLE, filesOf(rows, WHOLE))
    expect(said).toEqual([])
    for (const list of Object.values(rows)) expect(list.length).toBeGreaterThan(0)
    const told = Object.values(rows).reduce((count, list) => count + list.length, 0)
    expect(counts.events).toBeGreaterThanOrEqual(told)
  })

  test('of another range are compared where both have blocks', async () => {
    const part = history.range(10, 30)
    const within = (list: FoldedRows['transfers']) =>
      list.filter((cells) => Number(cells[BLOCK]) >= 10 && Number(cells[BLOCK]) <= 30)
    const { said } = await verified(proofs, economy, WHOLE, [
      { ...file(within(rows.transfers)), fromBlock: 10, toBlock: part.toBlock },
    ])
    expect(said).toEqual([])
    const partial = proofs.filter(({ blockNumber }) => blockNumber >= 10 && blockNumber <= 30)
    expect((await verified(partial, economy, part, [file(rows.transfers)])).said).toEqual([])
  })

  const columns = columnsOf('transfers').map(({ name }) => name)
  const BLOCK = columns.indexOf('block_number')
  const file = (list: FoldedRows['transfers']) =>
    filesOf({ ...rows, transfers: list }, WHOLE)[0] as RowsToProve

  test.each([
    ['token_address', economy.contracts.stable.address],
    ['from_address', economy.contracts.stable.address],
    ['to_address', economy.contracts.stable.address],
    ['value', '7'],
    ['transaction_hash', `0x${'ab'.repeat(32)}`],
    ['block_hash', `0x${'ab'.repeat(32)}`],
    ['block_timestamp', '2026-01-01T00:00:00Z'],
  ])('with another %s are named', async (column, cell) => {
    const at = columns.indexOf(column)
    const list = rows.transfers.map((cells, row) => (row === 5 ? cells.with(at, cell) : cells))
    const { findings } = await verified(proofs, economy, WHOLE, [file(list)])
    expect(findings).toEqual([
      {
        law: 'proofs',
        file: 'transfers.csv',
        row: 6,
        block: Number(list[5]?.[BLOCK]),
        column,
        problem: `the proven event has "${rows.transfers[5]?.[at]}", the row "${cell}"`,
      },
    ])
  })

  test('that are left out, or one too many, or of another log are named', async () => {
    const row = rows.transfers[5] ?? []
    const block = Number(row[BLOCK])
    const log = Number(row[columns.indexOf('log_index')])
    const without = await verified(proofs, economy, WHOLE, [file(rows.transfers.toSpliced(5, 1))])
    expect(without.said).toEqual([`-/${block}: there is no row for the proven event at log ${log}`])
    const other = row.with(columns.indexOf('log_index'), '9999')
    const more = await verified(proofs, economy, WHOLE, [file(rows.transfers.toSpliced(6, 0, other))])
    expect(more.said).toEqual([`7/${block}: log "9999" has no proof`])
    const swapped = await verified(proofs, economy, WHOLE, [file(rows.transfers.with(5, other))])
    expect(swapped.said).toEqual([
      `-/${block}: there is no row for the proven event at log ${log}`,
      `6/${block}: log "9999" has no proof`,
    ])
  })

  test('of a block whose proof does not hold are left to the finding that says so', async () => {
    const broken = proofs.map((proof, index) => (index === 4 ? { ...proof, header: '0xc0' } : proof))
    const { said } = await verified(broken, economy, WHOLE, filesOf(rows, WHOLE))
    expect(said).toEqual([
      `5/${proofs[4]?.blockNumber}: the header is no list of fields`,
      expect.stringMatching(DIGEST),
    ])
  })
})
