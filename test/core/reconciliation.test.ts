import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../../src/core/address'
import {
  type Answer,
  checksThatCount,
  compare,
  type DerivedState,
  isChangeOnly,
  type Question,
  questionsOf,
  RECONCILED,
  type ReconciliationCheck,
  type ReconciliationResult,
  type StandingDifference,
  standingAfter,
  unitOfReconciled,
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
  standing: fc.constant([]),
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
          expect(reason === 'HISTORY_PARTIAL').toBe(partial[RECONCILED[figure].contract])
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

test('every amount that is compared has an asset, and what another release compares has none', () => {
  expect(Object.keys(RECONCILED).map(unitOfReconciled)).toEqual(
    Object.keys(RECONCILED).map((figure) => (figure === 'treasury.balance' ? 'stable' : 'token')),
  )
  expect(['toString', 'unheard'].map(unitOfReconciled)).toEqual([undefined, undefined])
})

describe('a difference', () => {
  const figures = ['totalSupply', 'account.balance', 'account.staked'] as const
  const accounts = [1, 2, 3].map(addressOf)
  const check = (
    result: ReconciliationResult,
    figure: (typeof figures)[number],
    account: number | null,
    onChain = 6n,
  ): ReconciliationCheck => ({
    figure,
    account: account === null ? null : (accounts[account] ?? null),
    derived: result === 'EQUAL' ? onChain : 7n,
    onChain: result === 'GAP' ? null : onChain,
    result,
    reason: result === 'GAP' ? 'missing trie node' : null,
  })
  const block = (blockNumber: number) => ({ blockNumber, blockHash: HASH })
  const standingThrough = (...rounds: readonly (readonly ReconciliationCheck[])[]) =>
    rounds.reduce<readonly StandingDifference[]>(
      (standing, checks, index) => standingAfter(standing, checks, block(index)),
      [],
    )
  const found = { account: accounts[0], derived: 7n, onChain: 6n, blockHash: HASH }
  const DIFFERS = [check('DIFFERENT', 'account.balance', 0)]

  test.each<[string, readonly (readonly ReconciliationCheck[])[], readonly object[]]>([
    [
      'is found',
      [[...DIFFERS, check('EQUAL', 'totalSupply', null)]],
      [{ ...found, figure: 'account.balance', blockNumber: 0 }],
    ],
    [
      'stands beside a gap, whatever else is equal',
      [DIFFERS, [check('GAP', 'account.balance', 0), check('EQUAL', 'totalSupply', null)]],
      [{ blockNumber: 0 }],
    ],
    ['stands where nobody asked', [DIFFERS, []], [{ blockNumber: 0 }]],
    [
      'stands where another figure of the account, or another account, is equal',
      [DIFFERS, [check('EQUAL', 'account.staked', 0), check('EQUAL', 'account.balance', 1)]],
      [{ blockNumber: 0 }],
    ],
    [
      'is that of the block at which it was last found',
      [DIFFERS, [], [check('DIFFERENT', 'account.balance', 0, 5n)]],
      [{ blockNumber: 2, onChain: 5n }],
    ],
    ['is lifted by an equal, also after gaps', [DIFFERS, [], [check('EQUAL', 'account.balance', 0)]], []],
    [
      'joins those that stand',
      [DIFFERS, [check('DIFFERENT', 'totalSupply', null)]],
      [
        { figure: 'account.balance', blockNumber: 0 },
        { figure: 'totalSupply', blockNumber: 1 },
      ],
    ],
  ])('%s', (_, rounds, expected) => {
    expect(standingThrough(...rounds)).toEqual(expected.map((each) => expect.objectContaining(each)))
  })

  /** Any rounds of comparisons, in each of which every pair is asked at most once. */
  const pair = fc.tuple(fc.constantFrom(...figures), fc.constantFrom(null, 0, 1, 2))
  const round = fc.uniqueArray(pair, { selector: String }).chain((pairs) =>
    fc
      .array(fc.constantFrom('EQUAL', 'DIFFERENT', 'GAP'), {
        minLength: pairs.length,
        maxLength: pairs.length,
      })
      .map((results) => pairs.map(([figure, account], at) => check(results[at] ?? 'GAP', figure, account))),
  )

  test('stands until that figure of that account is equal', () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 6 }), (rounds) => {
        const expected = figures.flatMap((figure) =>
          [null, ...accounts].flatMap((account) => {
            const answers = rounds.flatMap((checks, index) =>
              checks
                .filter((each) => each.figure === figure && each.account === account && each.result !== 'GAP')
                .map(({ result }) => ({ result, index })),
            )
            const last = answers.at(-1)
            return last?.result === 'DIFFERENT' ? [`${figure} ${account} ${last.index}`] : []
          }),
        )
        const standing = standingThrough(...rounds).map(
          (each) => `${each.figure} ${each.account} ${each.blockNumber}`,
        )
        expect([...standing].sort()).toEqual([...expected].sort())
      }),
    )
  })

  test('that was found while others were compared is not lifted by what may be the older word', () => {
    const equal = [check('EQUAL', 'account.balance', 0), check('EQUAL', 'account.balance', 1)]
    const known = standingThrough([check('DIFFERENT', 'account.balance', 1)])
    const latest = standingAfter(known, DIFFERS, block(5))
    expect(standingAfter(latest, checksThatCount(equal, known, latest), block(6))).toMatchObject([
      { account: accounts[0], blockNumber: 5 },
    ])
    // Known from the beginning, it is.
    expect(standingAfter(latest, checksThatCount(equal, latest, latest), block(6))).toEqual([])
    // What differs counts always.
    const again = [check('DIFFERENT', 'account.balance', 0, 4n)]
    expect(standingAfter(latest, checksThatCount(again, known, latest), block(6))).toMatchObject([
      { account: accounts[1] },
      { account: accounts[0], onChain: 4n, blockNumber: 6 },
    ])
  })
})
