import { describe, expect, test } from 'vitest'
import { parseDownloadQuery, QUERIES } from '../../../src/export/http/download-query'
import { thrownBy } from './thrown-by'

const ALICE = `0x${'a'.repeat(40)}`
const problemsOf = (schema: keyof typeof QUERIES, query: unknown) => {
  const error = thrownBy(() => parseDownloadQuery(QUERIES[schema], query))
  return { code: error.code, problems: error.facts.problems }
}

describe('a range', () => {
  test.each([
    [{}, {}, false],
    [{ fromBlock: '5' }, { fromBlock: 5 }, false],
    [{ toBlock: '007' }, { toBlock: 7 }, true],
    [{ from: '2026-01-01' }, { fromTime: 1_767_225_600 }, false],
    [{ to: '2026-01-01T00:00:01Z' }, { toTime: 1_767_225_601 }, true],
    [{ from: '1767225600', toBlock: '9' }, { fromTime: 1_767_225_600, toBlock: 9 }, true],
  ])('%j', (query, range, isEndNamed) => {
    for (const schema of ['whole', 'resumable'] as const) {
      expect(parseDownloadQuery(QUERIES[schema], query)).toEqual({ range, isEndNamed })
    }
  })
})

test('a position is the block and the log of a row; an id of the API is one as well', () => {
  const positionOf = (after: string) => parseDownloadQuery(QUERIES.resumable, { after }).after
  expect(positionOf('105-2')).toEqual({ blockNumber: 105, logIndex: 2 })
  expect(positionOf('0000000105-000002')).toEqual({ blockNumber: 105, logIndex: 2 })
})

test('an account is taken in lower case or with its checksum', () => {
  const accountOf = (account: string) => parseDownloadQuery(QUERIES.statement, { account }).account
  expect(accountOf(ALICE)).toBe(ALICE)
  expect(accountOf('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toBe(
    '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
  )
})

test.each([
  ['whole', { after: '1-1' }, 'after is unknown'],
  ['whole', { account: ALICE }, 'account is unknown'],
  ['whole', { blok: '1' }, 'blok is unknown'],
  ['whole', { from: '2026-01-01', fromBlock: '1' }, 'from and fromBlock exclude each other'],
  ['whole', { to: '2026-01-01', toBlock: '1' }, 'to and toBlock exclude each other'],
  ['whole', { from: '2026-02-30' }, 'from is neither ISO 8601 with a zone nor unix seconds'],
  ['whole', { to: '2026-01-01T00:00' }, 'to is neither ISO 8601 with a zone nor unix seconds'],
  ['whole', { toBlock: '-1' }, 'toBlock is no block number'],
  ['whole', { toBlock: ['1', '2'] }, 'toBlock is given more than once'],
  ['resumable', { after: '105' }, 'after is no position, <block>-<logIndex>'],
  ['statement', {}, 'account is missing'],
  ['statement', { account: [ALICE, ALICE] }, 'account is given more than once'],
  ['statement', { account: '0x1' }, 'account is no account: it is not 0x and 40 hex digits'],
] as const)('to %s, %j is refused', (schema, query, problem) => {
  expect(problemsOf(schema, query)).toEqual({ code: 'E7061', problems: [problem] })
})

test('every problem is named', () => {
  const { problems } = problemsOf('statement', { fromBlock: 'x', to: 'y', blok: '1' })
  expect(problems).toEqual(
    expect.arrayContaining([
      'account is missing',
      'fromBlock is no block number',
      'to is neither ISO 8601 with a zone nor unix seconds',
      'blok is unknown',
    ]),
  )
})
