import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { dataDictionary } from '../../src/core/figures'
import { boughtBy, byBucket, paidBy } from '../../src/dashboard/charts/buybacks-of'
import { csvOf } from '../../src/dashboard/charts/csv'
import { CHARTS } from '../../src/dashboard/charts/definitions'
import { isRewritten, joined } from '../../src/dashboard/charts/joined'
import { queryText } from '../../src/dashboard/charts/query-text'
import { groundOf, heightsOf, paintOrder } from '../../src/dashboard/charts/stacks'
import { summaryOf } from '../../src/dashboard/charts/summary'
import { DAYS, FIRST_DAY, line, SECOND_DAY, span } from './charted-days'

const schema = buildSchema(readFileSync('schema.api.graphql', 'utf8'))
const supply = CHARTS.find(({ name }) => name === 'supply')

describe('what charts are made of', () => {
  it('parts of the supply add up to it, exactly, and with what was burned to all that was minted', () => {
    const values = new Map(supply?.lines(span(DAYS)).map(({ key, values: [first] }) => [key, first]))
    const parts = ['staking.staked - staking.excludedStake', 'supply.liquidFloat', 'supply.excludedBalance']
    const inBase = (key: string) => BigInt((values.get(key) ?? '').replace('.', ''))
    expect(parts.map(inBase).reduce((a, b) => a + b)).toBe(inBase('supply.totalSupply'))
    expect(inBase('supply.totalSupply') + inBase('supply.cumulativeBurn')).toBe(1_000_000n)
  })

  it('what is reckoned with something unknown is unknown, and not 0', () => {
    const part = supply?.lines(span(DAYS)).find(({ key }) => key.startsWith('staking.staked -'))
    expect(part?.values).toEqual(['100.101', null])
    const revenue = CHARTS.find(({ name }) => name === 'revenue')?.lines(span(DAYS))
    expect(revenue?.map(({ values }) => values)).toEqual([
      ['10', null],
      ['4.000001', null],
      ['7', null],
      ['-1.000001', null],
    ])
    expect(revenue?.[0]?.why?.(1)).toBe('It lacks its history.')
  })

  it.each(CHARTS.map((chart) => [chart.name, chart] as const))(
    'the query of %s is one of the API',
    (_, chart) => {
      const asked = { interval: 'day', from: FIRST_DAY.start, to: FIRST_DAY.end, block: 7 }
      const text = queryText(chart.fields, asked, chart.buybacks !== undefined)
      expect(validate(schema, parse(text))).toEqual([])
      expect(text).toContain('$block: BlockInput = { number: 7 }')
    },
  )

  it('every figure that a chart names is in the data dictionary', () => {
    const dictionary = dataDictionary().map(({ group, name }) => `${group}.${name}`)
    const named = CHARTS.flatMap(({ title, lines }) => [
      ...title.flatMap((part) => (typeof part === 'string' ? [] : [part.figure])),
      ...lines(span(DAYS)).flatMap(({ figure }) => figure ?? []),
    ])
    expect(named.filter((figure) => !dictionary.includes(figure))).toEqual([])
  })
})

describe('heights', () => {
  const up = (...values: (string | null)[]) =>
    line(values, { kind: 'area', colour: '--supply', stack: 'up' as const })

  it('stand on one another; over what is unknown there is a gap', () => {
    const lines = [up('1', '1', null), up('2', null, '2'), up('4', '4', '4')]
    expect(heightsOf(lines, () => true)).toEqual([
      [1, 1, null],
      [3, null, null],
      [7, null, null],
    ])
  })

  it('close up where a line is switched off, and hang where they are to', () => {
    const hanging = line(['5', '5', '5'], { kind: 'bar', colour: '--burn', stack: 'down' })
    const lines = [up('1', '1', '1'), up('2', '2', '2'), hanging]
    expect(heightsOf(lines, (index) => index !== 0)).toEqual([
      [null, null, null],
      [2, 2, 2],
      [-5, -5, -5],
    ])
  })

  it('begin where what is shown below ends', () => {
    const lines = [up('1', '1'), up('2', '2'), up('4', '4')]
    const isShown = (index: number) => index !== 1
    const heights = heightsOf(lines, isShown)
    expect(groundOf(lines, heights, 2, isShown)).toEqual([1, 1])
    expect(groundOf(lines, heights, 0, isShown)).toEqual([0, 0])
  })

  it('are painted from the top of a pile down, lines last, marks and mere values not at all', () => {
    const mark = line([], { kind: 'marks', colour: '--ink' })
    const free = line([], { kind: 'line', colour: '--ink' })
    expect(paintOrder([up('1'), free, up('2'), mark, line([])])).toEqual([2, 0, 1])
  })
})

describe('CSV', () => {
  it('has every digit, every bucket, and why something is missing', () => {
    const lines = [line(['995812784.108374620628789554', null], undefined, () => 'No price, "yet"')]
    expect(csvOf([FIRST_DAY, SECOND_DAY], lines, () => 'ASHAO')).toBe(
      [
        'start,end,isOpen,closingBlock,figure in ASHAO,unknown',
        '2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,false,10,995812784.108374620628789554,',
        '2026-01-02T00:00:00Z,2026-01-03T00:00:00Z,true,20,,"figure: No price, ""yet"""',
        '',
      ].join('\r\n'),
    )
  })

  it('of nothing is a header', () => {
    expect(csvOf([], [], () => '')).toBe('start,end,isOpen,closingBlock,unknown\r\n')
  })
})

describe('the summary', () => {
  const textOf = (_: unknown, value: string) => `${value} ASHAO`

  it('tells digits apart that numbers do not', () => {
    const lines = line(['1000000000.000000000000000002', '1000000000.000000000000000001'])
    expect(summaryOf([FIRST_DAY, SECOND_DAY], lines, textOf)).toBe(
      'A figure: first 1000000000.000000000000000002 ASHAO (2026-01-01 00:00 UTC), ' +
        'last 1000000000.000000000000000001 ASHAO (2026-01-02 00:00 UTC), ' +
        'least 1000000000.000000000000000001 ASHAO (2026-01-02 00:00 UTC), ' +
        'greatest 1000000000.000000000000000002 ASHAO (2026-01-01 00:00 UTC).',
    )
  })

  it('counts what is unknown', () => {
    expect(summaryOf([FIRST_DAY, SECOND_DAY], line([null, '1']), textOf)).toMatch(/; unknown in 1 of 2\.$/)
    expect(summaryOf([FIRST_DAY], line([null]), textOf)).toBe('A figure: unknown throughout.')
  })
})

describe('buybacks', () => {
  const at = (timestamp: string, stableAmount: string, tokenAmount: string) => ({
    id: timestamp,
    timestamp,
    transactionHash: '0x',
    price: '1',
    stableAmount,
    tokenAmount,
  })
  const rows = [
    at('2025-12-31T23:59:59Z', '1', '1'),
    at('2026-01-01T00:00:00Z', '1500000', '2000000000000000001'),
    at('2026-01-01T23:59:59Z', '1', '1'),
    at('2026-01-02T00:00:00Z', '7', '7'),
    at('2026-01-03T00:00:00Z', '1', '1'),
  ]

  it('belong to the bucket that they happened in; its end is in the next one', () => {
    const found = byBucket([FIRST_DAY, SECOND_DAY], rows)
    expect(found.map((each) => each.map(({ stableAmount }) => stableAmount))).toEqual([
      ['1500000', '1'],
      ['7'],
    ])
  })

  it('add up exactly', () => {
    expect(paidBy(rows.slice(1, 3), 6)).toBe('1.500001')
    expect(boughtBy(rows.slice(1, 3), 18)).toBe('2.000000000000000002')
    expect(paidBy([], 6)).toBe('0')
  })
})

describe('buckets that are known and newer ones', () => {
  const [first, second] = DAYS

  it('follow one another without a gap and without one twice', () => {
    const newer = { ...second, closingBlock: 21 }
    expect(joined([first, second], [newer])).toEqual([first, newer])
    expect(isRewritten([first, second], [newer])).toBe(false)
  })

  it('are all asked for anew where a closed one is not what it was', () => {
    expect(isRewritten([first, second], [{ ...first, closingBlock: 11 }, second])).toBe(true)
    expect(isRewritten([first], [second])).toBe(true)
  })
})
