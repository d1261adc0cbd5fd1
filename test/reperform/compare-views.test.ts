import { expect, test } from 'vitest'
import type { BlockName, ContractViews } from '../../src/chain/contract-views'
import { GENESIS } from '../../src/core/economy'
import type { SnapshotRow } from '../../src/core/ledger'
import type { Answer } from '../../src/core/reconciliation'
import { compareViews } from '../../src/reperform/compare-views'

const SNAPSHOT: SnapshotRow = {
  ...GENESIS,
  blockNumber: 9,
  hash: `0x${'9'.repeat(64)}`,
  parentHash: null,
  timestamp: 1_700_000_000,
  digest: `0x${'d'.repeat(64)}`,
  totalSupply: 1_000n,
  treasuryBalance: 50n,
  staked: 7n,
}
const WHOLE = { token: false, staking: false, stable: false }

/** A node that answers so, in the order of what it is asked; and what it was asked. */
function node(
  ...answers: readonly Answer[]
): ContractViews & { readonly asked: string[]; block?: BlockName } {
  const asked: string[] = []
  return {
    asked,
    async answers(block, questions) {
      this.block = block
      asked.push(...questions.map(({ figure }) => figure))
      return questions.map((_, index) => answers[index] ?? { gap: 'pruned' })
    },
  }
}

test('all three figures are asked for by the hash of the block', async () => {
  const one = node({ value: 1_000n }, { value: 51n }, { value: 7n })
  const { verdicts } = await compareViews(SNAPSHOT, [one], WHOLE)
  expect(one.block).toEqual({ number: 9, hash: SNAPSHOT.hash })
  expect(verdicts.checks.map(({ figure, result }) => [figure, result])).toEqual([
    ['totalSupply', 'EQUAL'],
    ['treasury.balance', 'DIFFERENT'],
    ['staked', 'EQUAL'],
  ])
})

test('the next node is asked for what the one before did not answer, and no more', async () => {
  const one = node({ gap: 'pruned' }, { value: 50n }, { gap: 'pruned' })
  const two = node({ value: 1_000n })
  const three = node()
  const { verdicts } = await compareViews(SNAPSHOT, [one, two, three], WHOLE)
  expect([two.asked, three.asked]).toEqual([['totalSupply', 'staked'], ['staked']])
  expect(verdicts).toMatchObject({ equal: 2, different: 0, gaps: 1 })
  expect(verdicts.checks[2]).toMatchObject({ result: 'GAP', reason: 'pruned', onChain: null })
})

test('what is a change only, for its history is partial, is not asked for', async () => {
  const one = node({ value: 50n }, { value: 7n })
  const { verdicts } = await compareViews(SNAPSHOT, [one, node()], { ...WHOLE, token: true })
  expect(one.asked).toEqual(['treasury.balance', 'staked'])
  expect(verdicts).toMatchObject({ equal: 2, different: 0, gaps: 1 })
})
