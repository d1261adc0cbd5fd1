import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseUnits } from '../../src/core/units'
import { fullAmount } from '../../src/rest/embed/full-amount'
import { markup } from '../../src/rest/embed/markup'
import { areaOf, DRAWING, pathOf, scaleOf } from '../../src/rest/embed/supply-lines'

const amount = fc.oneof(fc.bigInt(0n, 10n ** 7n), fc.bigInt(0n, 2n ** 256n))
const signed = fc.tuple(amount, fc.boolean()).map(([size, below]) => (below ? -size : size))
const textOf = (value: bigint, decimals: number) => {
  const { groups, rest } = fullAmount(value, decimals)
  return groups.join('') + rest
}

test('an amount is shown to the cent, never as more than it is', () => {
  fc.assert(
    fc.property(amount, fc.constantFrom(2, 6, 18), (value, decimals) => {
      const cent = 10n ** BigInt(decimals - 2)
      const text = textOf(value, decimals)
      if (value > 0n && value < cent) {
        // Only nothing looks like nothing.
        expect(text).toBe('<0.01')
        return
      }
      expect(text).toMatch(/^(0|[1-9]\d*)\.\d\d$/)
      expect(parseUnits(text, decimals)).toBe(value - (value % cent))
    }),
  )
})

test('digits stand in groups of three, after the sign', () => {
  expect(fullAmount(123_456_789_012n, 2)).toEqual({ groups: ['1', '234', '567', '890'], rest: '.12' })
  expect(fullAmount(-123_456n, 0)).toEqual({ groups: ['-123', '456'], rest: '.00' })
  expect([textOf(0n, 18), textOf(1n, 18), textOf(-1n, 18)]).toEqual(['0.00', '<0.01', '>-0.01'])
})

test('a scale holds 0 and every value, and is not much larger than they are', () => {
  fc.assert(
    fc.property(fc.array(signed, { maxLength: 20 }), (values) => {
      const { least, most } = scaleOf(values)
      const high = values.reduce((one, other) => (one > other ? one : other), 0n)
      const low = values.reduce((one, other) => (one < other ? one : other), 0n)
      expect(least <= low && most >= high && least < most).toBe(true)
      if (high > 0n) expect(most).toBeLessThanOrEqual(high < 10n ? 10n : (high * 5n) / 2n)
    }),
  )
})

test('a line stays within the drawing, from its left to its right, higher where there is more', () => {
  fc.assert(
    fc.property(fc.array(signed, { minLength: 2, maxLength: 50 }), (values) => {
      const times = values.map((_, index) => 1_700_000_000 + index * 86_400)
      const path = pathOf({ times, values }, scaleOf(values))
      expect(path).toMatch(/^M\d+ \d+( \d+ \d+)*$/)
      const numbers = path.slice(1).split(' ').map(Number)
      const heights = numbers.filter((_, index) => index % 2 === 1)
      expect([numbers[0], numbers.at(-2)]).toEqual([0, DRAWING])
      expect(numbers.every((each) => each >= 0 && each <= DRAWING)).toBe(true)
      for (const [index, value] of values.entries()) {
        const before = values[index - 1] ?? value
        const [from = 0, to = 0] = [heights[index - 1] ?? heights[index], heights[index]]
        expect(value > before ? to <= from : value < before ? to >= from : to === from).toBe(true)
      }
    }),
  )
})

test('an area reaches down to 0, and a single value over the whole width', () => {
  const one = { times: [5], values: [3n] }
  expect(pathOf(one, scaleOf([3n]))).toBe('M0 700H1000')
  expect(areaOf(one, { least: -10n, most: 10n })).toBe('M0 350H1000V500H0Z')
})

test('text is escaped wherever it is put, markup is not', () => {
  const text = `<b a="1" b='2'>&`
  const escaped = '&#60;b a=&#34;1&#34; b=&#39;2&#39;&#62;&#38;'
  expect(markup`<p title="${text}">${text}${markup`<i>`}${[markup`<u>`, markup`${3}`]}</p>`.html).toBe(
    `<p title="${escaped}">${escaped}<i><u>3</p>`,
  )
})
