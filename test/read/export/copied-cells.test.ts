import { expect, test } from 'vitest'
import type { CellKind } from '../../../src/core/datasets/dataset'
import { cellReader } from '../../../src/read/export/copied-cells'
import { copiedLines } from '../../../src/read/export/copied-lines'

const read = (kind: CellKind, field: string, isNullable = false) =>
  cellReader({ kind, name: 'some', isNullable })(field)

test.each<[CellKind, string, string?]>([
  ['amount', '0', '0'],
  ['amount', '-12', '-12'],
  ['amount', '115792089237316195423570985008687907853269984665640564039457584007913129639935'],
  ['fixed', '1500000000000000000', '1.5'],
  ['time', '2026-01-01 00:00:01+00', '2026-01-01T00:00:01Z'],
  ['time', '2026-01-01 00:00:01.5+00', '2026-01-01T00:00:01Z'],
  ['word', 'BUYBACK', 'BUYBACK'],
  ['text', 'a\\tb\\\\n\\n', 'a\tb\\n\n'],
])('%s %s', (kind, field, cell = field) => {
  expect(read(kind, field)).toBe(cell)
})

test.each([
  ['amount', ''],
  ['amount', '1.0'],
  ['amount', '1e3'],
  ['amount', '007'],
  ['amount', '-0'],
  ['amount', 'NaN'],
  ['integer', '1 '],
  ['fixed', '0.5'],
  ['address', `0x${'a'.repeat(64)}`],
  ['hash', 'digest'],
  ['time', '2026-01-01 00:00:01+01'],
  ['time', 'infinity'],
  ['word', ''],
] as const)('%s %s is refused, naming the column', (kind, field) => {
  expect(() => read(kind, field)).toThrow('column some holds')
})

test('nothing is nothing only where there may be nothing', () => {
  expect(read('amount', '\\N', true)).toBeNull()
  expect(read('text', '\\\\N', true)).toBe('\\N')
  expect(() => read('amount', '\\N')).toThrow('no value for column some')
})

test('lines are whole, however the bytes come', async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `${index}\t${'ü'.repeat(index % 50)}`)
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  for (const size of [7, 65_536, bytes.length]) {
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const told: string[] = []
    for await (const bundle of copiedLines(pieces(), 'utf8')) told.push(...bundle)
    expect(told.length).toBe(lines.length)
    expect(told.join('\n') === lines.join('\n')).toBe(true)
  }
})

test('a COPY that ends within a row is an error; one without rows has none', async () => {
  const lines = async (...pieces: string[]) => {
    const told: string[] = []
    const bytes = (async function* () {
      for (const piece of pieces) yield Buffer.from(piece)
    })()
    for await (const bundle of copiedLines(bytes, 'latin1')) told.push(...bundle)
    return told
  }
  expect(await lines()).toEqual([])
  expect(await lines('a\nb', '\n')).toEqual(['a', 'b'])
  await expect(lines('a\nb')).rejects.toThrow('within a row')
})
