import { expect, test } from 'vitest'
import { chooseCoding } from '../../../src/export/http/content-coding'

const choose = (accepted?: string) => chooseCoding(accepted, ['gzip', 'zstd'])

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['br', 'identity'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['zstd', 'zstd'],
  ['gzip, deflate, br, zstd', 'gzip'],
  ['zstd, gzip', 'gzip'],
  ['gzip;q=0.5, zstd', 'zstd'],
  ['gzip; q=0.5, zstd; q=0.501', 'zstd'],
  ['gzip;q=0', 'identity'],
  ['gzip;q=0, zstd;q=0.001', 'zstd'],
  ['*', 'gzip'],
  ['gzip;q=0, *', 'zstd'],
  ['gzip;q=0.5, identity', 'identity'],
  ['gzip;q=0.5, identity;q=0.5', 'gzip'],
  ['identity', 'identity'],
  ['identity;q=0', 'identity'],
  ['*;q=0', 'identity'],
  ['gzip;q=2', 'identity'],
  ['gzip;q=high', 'identity'],
  [',, gzip ,', 'gzip'],
] as const)('%s is answered with %s', (accepted, coding) => {
  expect(choose(accepted)).toBe(coding)
})

test('of those that are liked equally, the one that is offered first', () => {
  expect(chooseCoding('gzip, zstd', ['zstd', 'gzip'])).toBe('zstd')
})

test('where no coding is offered, none is chosen', () => {
  expect(chooseCoding('gzip, zstd, *', [])).toBe('identity')
})
