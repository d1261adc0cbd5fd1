import { describe, expect, it } from 'vitest'
import { scaleText, timeMarks, timeTexts } from '../../src/dashboard/charts/axis-text'
import { grainOf } from '../../src/dashboard/charts/grain'
import { bucketText, hundredfold, valueText } from '../../src/dashboard/charts/values-text'

const unix = (iso: string) => Date.parse(iso) / 1_000
const texts = (from: string, to: string, most: number) => timeTexts(timeMarks(unix(from), unix(to), most))

describe('marks of time', () => {
  it('are round hours of a day, with the date at midnight', () => {
    expect(texts('2026-11-20T23:10:00Z', '2026-11-21T23:10:00Z', 5)).toEqual([
      'Nov 21',
      '06:00',
      '12:00',
      '18:00',
    ])
  })

  it('are days of a month, and first days of months of years', () => {
    expect(texts('2026-11-18T06:00:00Z', '2026-11-22T00:00:00Z', 4)).toEqual([
      'Nov 19',
      'Nov 20',
      'Nov 21',
      'Nov 22',
    ])
    expect(texts('2025-10-10T00:00:00Z', '2026-09-01T00:00:00Z', 4)).toEqual(['Jan 2026', 'Apr', 'Jul'])
    expect(texts('2021-06-01T00:00:00Z', '2026-06-01T00:00:00Z', 6)).toEqual([
      'Jan 2022',
      'Jan 2023',
      'Jan 2024',
      'Jan 2025',
      'Jan 2026',
    ])
  })

  it('are never more than have room, whatever the span', () => {
    for (const days of [0.1, 1, 3, 7, 30, 90, 400, 2_000, 10_000]) {
      for (const most of [2, 5, 12]) {
        const from = unix('2020-02-29T12:34:56Z')
        expect(timeMarks(from, from + days * 86_400, most).length).toBeLessThanOrEqual(most + 1)
      }
    }
  })
})

describe('marks of scales', () => {
  it('are short, and lose no digit', () => {
    expect(scaleText(600_000_000, 'token')).toBe('600M')
    expect(scaleText(-7_500, 'stable')).toBe('-7.5K')
    expect(scaleText(0.1275, 'ratio')).toBe('12.75%')
    expect(scaleText(0.0675, 'price')).toBe('0.0675')
  })
})

describe('values', () => {
  it('keep every digit, also as percent', () => {
    expect(valueText('token', '519906591.340628150628789554')).toBe('519,906,591.340628150628789554')
    expect(valueText('ratio', '0.131769805845742656')).toBe('13.1769805845742656%')
    expect(['0', '1', '0.5', '0.001', '-0.25', '12.3456'].map(hundredfold)).toEqual([
      '0',
      '100',
      '50',
      '0.1',
      '-25',
      '1234.56',
    ])
  })

  it('are said to be of their whole bucket', () => {
    const bucket = {
      start: '2026-11-16T00:00:00Z',
      end: '2026-11-23T00:00:00Z',
      isOpen: false,
      closingBlock: 1,
    }
    expect(bucketText(bucket, 'week')).toBe('Nov 16, 2026 – Nov 22, 2026')
    const hour = { ...bucket, start: '2026-11-16T23:00:00Z', end: '2026-11-17T00:00:00Z', isOpen: true }
    expect(bucketText(hour, 'hour')).toBe('Nov 16, 2026, 23:00–00:00 UTC, going on')
  })
})

describe('the length of buckets', () => {
  const DAY = 86_400

  it('is as short as the pixels allow', () => {
    expect(grainOf('d1', 5_000 * DAY, 200)).toBe('hour')
    expect(grainOf('d30', 5_000 * DAY, 200)).toBe('day')
    expect(grainOf('d365', 5_000 * DAY, 470)).toBe('day')
    expect(grainOf('d365', 5_000 * DAY, 300)).toBe('week')
    expect(grainOf('all', 1_826 * DAY, 470)).toBe('week')
    expect(grainOf('all', 1_826 * DAY, 220)).toBe('month')
  })

  it('is that of the history where the history is shorter than the window', () => {
    expect(grainOf('all', 3 * DAY, 470)).toBe('hour')
    expect(grainOf('d365', 20 * DAY, 300)).toBe('day')
  })
})
