import { expect, test } from 'vitest'
import { BadAnswer } from '../../../src/chain/rpc/rpc'
import { checkHeader, checkLinks } from '../../../src/chain/verify/check-headers'
import { hashOf } from '../../support/history'

function header(number: number, changes: Record<string, unknown> = {}) {
  return {
    number: `0x${number.toString(16)}`,
    hash: hashOf(number),
    parentHash: hashOf(number - 1),
    timestamp: `0x${(1_000 + number).toString(16)}`,
    logsBloom: `0x${'0'.repeat(512)}`,
    receiptsRoot: hashOf('root'),
    ...changes,
  }
}

function objection(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error
    return `${error.errorClass}: ${error.message}`
  }
}

test('a header that is the one asked for is let pass', () => {
  expect(objection(() => checkHeader(header(7), { number: 7 }))).toBeUndefined()
  expect(objection(() => checkHeader(header(7), { hash: hashOf(7) }))).toBeUndefined()
  expect(objection(() => checkHeader(header(7), {}))).toBeUndefined()
})

test('a header whose hashes are in upper case is made lower case', () => {
  const spelled = header(7, { hash: `0x${hashOf(7).slice(2).toUpperCase()}` })
  expect(objection(() => checkHeader(spelled, { hash: hashOf(7) }))).toBeUndefined()
  expect(spelled).toEqual(header(7))
})

test.each([
  ['behind: the node does not have block 7', null],
  ['malformed: the answer for block 7 is no header: it is 0x7', '0x7'],
  ['malformed: the answer for block 7 is no header: it is undefined', undefined],
  ['malformed: the answer for block 7 is no header: hash is null', header(7, { hash: null })],
  ['malformed: the answer for block 7 is no header: parentHash is 0x12', header(7, { parentHash: '0x12' })],
  [
    'malformed: the answer for block 7 is no header: receiptsRoot is undefined',
    header(7, { receiptsRoot: undefined }),
  ],
  ['malformed: the answer for block 7 is no header: logsBloom is 0x', header(7, { logsBloom: '0x' })],
  ['malformed: the answer for block 7 is no header: number is 7', header(7, { number: 7 })],
  ['malformed: the answer for block 7 is no header: timestamp is 0x', header(7, { timestamp: '0x' })],
  [
    'malformed: the answer for block 7 is no header: timestamp is 0x19a',
    header(7, { timestamp: '0x19aa2b3c4d5' }),
  ],
  ['untrusted: the header of block 7 says that it is number 8', header(8)],
])('a header is refused: %s', (statement, answer) => {
  expect(objection(() => checkHeader(answer, { number: 7 }))).toContain(statement)
})

test('a header with another hash than the one asked for is not believed', () => {
  expect(objection(() => checkHeader(header(7), { hash: hashOf(8) }))).toBe(
    `untrusted: the header of block ${hashOf(8)} says that its hash is ${hashOf(7)}`,
  )
})

test('headers that follow each other are linked, others need not be', () => {
  expect(objection(() => checkLinks([]))).toBeUndefined()
  expect(
    objection(() =>
      checkLinks([header(1), header(2), header(5), header(6, { timestamp: header(5).timestamp })]),
    ),
  ).toBeUndefined()
})

test.each([
  ['block 3', 'has parent', [header(2), header(3, { parentHash: hashOf('fork') })]],
  [
    'block 3',
    'has timestamp 1, block 2 before it the later 1002',
    [header(2), header(3, { timestamp: '0x1' })],
  ],
  [
    'block 9',
    'has timestamp 1, block 2 before it the later 1002',
    [header(2), header(9, { timestamp: '0x1' })],
  ],
  ['block 2', 'comes after block 2', [header(2), header(2)]],
  ['block 1', 'comes after block 2', [header(2), header(1)]],
])('headers are not of one chain: %s %s', (block, what, headers) => {
  const said = objection(() => checkLinks(headers))
  expect(said).toContain(`untrusted: ${block}`)
  expect(said).toContain(what)
})
