import { expect, test } from 'vitest'
import { urlRedactor } from '../../../src/chain/rpc/url-redactor'

const KEY = '0123456789abcdef'

test.each([
  ['a path', `https://node.example/v3/${KEY}`, KEY],
  ['a query', `https://node.example/?dkey=${KEY}`, KEY],
  ['a short value whose name says that it is a key', 'https://node.example/?key=k1', 'k1'],
  ['a query with a plus sign', 'https://node.example/?key=c2VjcmV0+bytes', 'c2VjcmV0+bytes'],
  ['a password that is not escaped', 'wss://me:pass^word"@node.example/', 'pass^word"'],
  ['a password that is escaped', 'wss://me:p%40ssw%3Ard@node.example/', 'p@ssw:rd'],
])('a key in %s is struck out', (_, url, secret) => {
  const redact = urlRedactor(['http://127.0.0.1:8545', url])
  for (const text of [`no access for "${secret}"`, `asked ${url}`]) expect(redact(text)).not.toContain(secret)
})

test('what is no key stays: hosts, versions and settings', () => {
  const redact = urlRedactor(['http://127.0.0.1:8545/', 'https://node.example/rpc?v=2&debug=1'])
  const text = 'POST http://127.0.0.1:8545/ and https://node.example/rpc: block 12, v=2'
  expect(redact(text)).toBe(text)
})

test('what is struck out besides comes first', () => {
  const redact = urlRedactor([`https://node.example/${KEY}`], (text) => text.replaceAll(`Basic ${KEY}`, '-'))
  expect(redact(`Basic ${KEY} ${KEY}`)).toBe('- ***')
})
