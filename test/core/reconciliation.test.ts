import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../../src/core/address'
import {
  type Answer,
  compare,
  type DerivedState,
  isChangeOnly,
  type Question,
  questionsOf,
  RECONCILED,
} from '../../src/core/reconciliation'
import { addressOf } from '../support/history'

const HASH: Hash = `0x${'ab'.repeat(32)}`
const amount = fc.bigInt({ min: -1n, max: 2n ** 256n - 1n })
const state: fc.Arbitrary<DerivedState> = fc.record({
  blockNumber: fc.nat(),
  blockHash: fc.constant(HASH),
  timestamp: fc.nat(),
  totalSupply: amount,
  treasuryBalance: amount,
  staked: amount,
  balanceSum: amount,
  stakeSum: amount,
  accounts: fc
    .array(fc.record({ balance: amount, staked: amount }), { maxLength: 8 })
    .map((accounts) => accounts.map((each, index) => ({ ...each, address: addressOf(index + 1) }))),
})
const partial = fc.record({ token: fc.boolean(), staking: fc.boolean(), stable: fc.boolean() })

/** What the chain says of a figure: mostly the same, sometimes something else, sometimes nothing. */
const deviation = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0n) },
  fc.constantFrom(1n, -1n, 10n ** 18n),
  fc.constant(null),
)
const answerTo = ({ derived }: Question, by: bigint | null): Answer =>
  by === null ? { gap: 'missing trie node' } : { value: derived + by }

const compared = fc.record({ state, partial, deviations: fc.infiniteStream(deviation) }).map((drawn) => {
  const questions = questionsOf(drawn.state)
  const answers = new Map<Question, Answer>()
  for (const question of questions) {
    const { value = null } = drawn.deviations.next()
    answers.set(question, answerTo(question, value))
  }
  return {
    ...drawn,
    questions,
    answers,
    verdicts: compare(questions, answers, drawn.partial),
  }
})

describe('a comparison', () => {
  test('leaves no figure out, and counts each once', () => {
    fc.assert(
      fc.property(compared, ({ state, questions, verdicts }) => {
        const { equal, different, gaps, checks } = verdicts
        expect(checks.map(({ figure, account, derived }) => ({ figure, account, derived }))).toEqual(
          questions,
        )
        expect(checks).toHaveLength(5 + 2 * state.accounts.length)
        expect(new Set(checks.map(({ figure }) => figure)).size).toBe(
          state.accounts.length > 0 ? Object.keys(RECONCILED).length : 5,
        )
        expect(equal + different + gaps).toBe(checks.length)
      }),
    )
  })

  test('is equal where both values are, different where they are not, and a gap with its reason else', () => {
    fc.assert(
      fc.property(compared, ({ questions, answers, partial, verdicts }) => {
        for (const [index, check] of verdicts.checks.entries()) {
          const question = questions[index]
          const answer = question && answers.get(question)
          if (question === undefined || answer === undefined)
            throw new TypeError('a check without a question')
          if (isChangeOnly(question, partial)) {
            expect(check).toMatchObject({ result: 'GAP', onChain: null, reason: 'HISTORY_PARTIAL' })
          } else if ('gap' in answer) {
            expect(check).toMatchObject({ result: 'GAP', onChain: null, reason: answer.gap })
          } else {
            const result = answer.value === question.derived ? 'EQUAL' : 'DIFFERENT'
            expect(check).toMatchObject({ result, onChain: answer.value, reason: null })
          }
        }
      }),
    )
  })

  test('of partial history judges the contracts whose whole history there is, and no other', () => {
    fc.assert(
      fc.property(compared, ({ partial, verdicts }) => {
        for (const { figure, reason } of verdicts.checks) {
          expect(reason === 'HISTORY_PARTIAL').toBe(partial[RECONCILED[figure]])
        }
      }),
    )
  })

  test('of what was not asked is a gap, never a success', () => {
    fc.assert(
      fc.property(state, (drawn) => {
        const none = { token: false, staking: false, stable: false }
        const questions = questionsOf(drawn)
        const { equal, different, gaps } = compare(questions, new Map(), none)
        expect({ equal, different, gaps }).toEqual({ equal: 0, different: 0, gaps: questions.length })
      }),
    )
  })
})
