import { describe, expect, test } from 'vitest'
import { RECONCILED } from '../../src/core/reconciliation'
import { type Figure, foundFigures } from '../../src/dashboard/trust/found-figures'
import { comparedAs, gravestFirst, nameOf, termOf } from '../../src/dashboard/trust/lines-of'
import { percentDone, type Sample, secondsLeft, withSample } from '../../src/dashboard/trust/progress'
import { type Correction, reorganisationsOf } from '../../src/dashboard/trust/reorganisations'

describe('how long the index takes to be where the chain is', () => {
  const at = (seconds: number, indexed: number, chainHead: number): Sample => ({
    at: seconds * 1_000,
    indexed,
    chainHead,
  })
  const all = (...samples: readonly Sample[]) => samples.reduce(withSample, [] as readonly Sample[])

  test('what is left, by what is gained on the chain', () => {
    // 100 blocks a second, of which the chain takes 1: 990 are gained in ten seconds.
    expect(secondsLeft(all(at(0, 0, 10_000), at(10, 1_000, 10_010)))).toBeCloseTo(9_010 / 99)
  })

  test('is not told by one sample, by two at once, or where nothing is gained', () => {
    expect(secondsLeft([])).toBeUndefined()
    expect(secondsLeft(all(at(0, 0, 100)))).toBeUndefined()
    expect(secondsLeft(all(at(0, 0, 100), at(4, 50, 100)))).toBeUndefined()
    expect(secondsLeft(all(at(0, 10, 100), at(10, 20, 110)))).toBeUndefined()
  })

  test('is told by the last two minutes', () => {
    const samples = all(at(0, 0, 10_000), at(60, 6_000, 10_000), at(180, 6_600, 10_000))
    expect(samples.map((sample) => sample.at)).toEqual([60_000, 180_000])
    expect(secondsLeft(samples)).toBeCloseTo(3_400 / 5)
  })

  test('begins anew where blocks were taken back', () => {
    expect(all(at(0, 500, 600), at(10, 490, 600))).toEqual([at(10, 490, 600)])
  })

  test('a percentage is all only where it is', () => {
    expect(percentDone(1, 0, 1_000)).toBe(0)
    expect(percentDone(1, 999, 1_000)).toBe(99)
    expect(percentDone(1, 1_000, 1_000)).toBe(100)
    expect(percentDone(12_000_000, 11_999_999, 48_000_000)).toBe(0)
    expect(percentDone(5, 4, 5)).toBe(0)
  })
})

describe('lines of a comparison', () => {
  test('differences come first, then gaps; the others stay in their order', () => {
    const lines = (['EQUAL', 'GAP', 'EQUAL', 'DIFFERENT'] as const).map((result, place) => ({
      result,
      place,
    }))
    expect(gravestFirst(lines).map(({ place }) => place)).toEqual([3, 1, 0, 2])
  })

  test('a difference that stands is one, also where none was found anew; a gap is neither', () => {
    expect(comparedAs({ different: 0, gaps: 0, standing: [] })).toBe('good')
    expect(comparedAs({ different: 0, gaps: 1, standing: [] })).toBe('open')
    expect(comparedAs({ different: 0, gaps: 1, standing: [{}] })).toBe('bad')
    expect(comparedAs({ different: 1, gaps: 0, standing: [] })).toBe('bad')
  })

  test('each figure that is compared has a name for a reader; one of another release has its own', () => {
    for (const figure of Object.keys(RECONCILED)) expect(nameOf(figure)).not.toBe(figure)
    expect(nameOf('later.figure')).toBe('later.figure')
    expect(termOf('totalSupply')).toBe('supply.totalSupply')
    expect(termOf('balanceSum')).toBeUndefined()
  })
})

test('corrections are told by the reorganisation that they belong to', () => {
  const row = (id: string, takenBackAt: string, baseBlock: number) =>
    ({ id, takenBackAt, baseBlock }) as Partial<Correction> as Correction
  const found = reorganisationsOf([row('4', 'b', 9), row('3', 'b', 9), row('2', 'b', 8), row('1', 'a', 8)])
  expect(found.map(({ id, rows }) => [id, rows.length])).toEqual([
    ['4', 2],
    ['2', 1],
    ['1', 1],
  ])
})

describe('a figure is found', () => {
  const figure = (group: string, name: string, definition: string): Figure => ({
    group,
    name,
    definition,
    unit: 'token',
    source: 'Transfer events of the token',
  })
  const figures = [
    figure('supply', 'totalSupply', 'minted − destroyed.'),
    figure('supply', 'netBurn', 'By how much the supply is smaller.'),
    figure('window', 'burned', 'Change of cumulativeBurn.'),
  ]
  const names = (question: string) =>
    foundFigures(figures, question).flatMap(({ figures: found }) => found.map(({ name }) => name))

  test('by its path, its name in words, its definition and its source, whatever the case', () => {
    expect(names('SUPPLY.total')).toEqual(['totalSupply'])
    expect(names('net burn')).toEqual(['netBurn'])
    expect(names('destroyed')).toEqual(['totalSupply'])
    expect(names('transfer')).toHaveLength(3)
  })

  test('by all words of the question, and by none', () => {
    expect(names('burn change')).toEqual(['burned'])
    expect(names('burn nothing')).toEqual([])
    expect(foundFigures(figures, '  ').map(({ name, figures: found }) => [name, found.length])).toEqual([
      ['supply', 2],
      ['window', 1],
    ])
  })
})
