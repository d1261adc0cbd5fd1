import { expect, test } from 'vitest'
import { type ExportOrder, readExportCommand } from '../../src/cli/export-command'
import { account } from '../support/small-economy'

function orderOf(words: string): ExportOrder {
  const order = readExportCommand([...words.split(' '), '--out', 'exports'])
  if (typeof order === 'string') throw new Error('the usage')
  return order
}

const formatsOf = (words: string): string[] =>
  orderOf(words).wanted.map(({ dataset, format }) => `${dataset}.${format}`)

test('each data set is made in every format that it has, in the order of the words', () => {
  expect(formatsOf('burns transfers --format parquet,csv')).toEqual([
    ...['burns.csv', 'burns.parquet', 'transfers.csv', 'transfers.parquet'],
  ])
  expect(formatsOf('transfers')).toEqual(['transfers.csv'])
  expect(formatsOf('transfers treasury --format csv,hledger')).toEqual(['transfers.csv', 'treasury.hledger'])
  expect(formatsOf(`statement --format koinly,rotki,csv --account ${account('a')}`)).toEqual([
    ...['statement.csv', 'statement.koinly', 'statement.rotki'],
  ])
  expect(formatsOf('transfers --proofs')).toEqual(['transfers.csv', 'proofs.proofs'])
})

test('all is everything that is of no account, once', () => {
  const all = formatsOf('all')
  expect(all).toEqual(formatsOf('transfers all'))
  expect(all).toContain('corrections.csv')
  expect(all).not.toContain('statement.csv')
})

test('a day is its midnight in UTC', () => {
  expect(orderOf('all --from 2026-01-01 --to 2026-01-01T00:00:01Z').asked).toMatchObject({
    fromTime: 1_767_225_600,
    toTime: 1_767_225_601,
  })
  expect(orderOf('all --from-block 0 --to-block 12').asked).toMatchObject({ fromBlock: 0, toBlock: 12 })
})

test.each([
  ['a data set that there is not', 'transfer', '"transfer"', 'transfers'],
  ['a format that there is not', 'transfers --format cvs', '"cvs"', 'csv'],
  ['a format that the data set has not', 'treasury', 'treasury', 'hledger'],
  ['a format that no data set has', 'transfers --format csv,koinly', 'koinly', 'statement'],
  ['a journal without its data set', 'transfers --format csv,hledger', 'hledger', 'treasury'],
  ['a statement of nobody', 'statement', '--account', 'whose'],
  ['an account without a statement', `transfers --account ${account('a')}`, '--account', 'statement'],
  ['a day that the calendar has not', 'transfers --from 2026-02-31', '2026-02-31', '2026-01-31'],
  ['an instant without a time zone', 'transfers --to 2026-02-01T00:00:00', '--to', 'Z'],
  ['a block that is none', 'transfers --to-block 1e3', '1e3', 'decimal'],
  ['another partition', 'transfers --partition day', '"day"', 'month'],
])('%s is refused', (_, words, place, mend) => {
  const refused = expect.objectContaining({
    code: 'E6209',
    message: expect.stringContaining(place),
    mend: expect.stringContaining(mend),
  })
  expect(() => orderOf(words)).toThrow(refused)
})

test('the usage is given without doing anything', () => {
  expect(readExportCommand(['--help'])).toMatch(/^Usage: ashao export DATASET… --out DIR/)
})
