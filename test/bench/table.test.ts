import { describe, expect, test } from 'vitest'
import { benchOptions } from '../../bench/ingest/harness/bench-options'
import type { Measurement } from '../../bench/ingest/harness/measure'
import { medianRun, resultTable } from '../../bench/ingest/harness/table'

function run(contestant: string, seconds: number, differences: readonly string[] = []): Measurement {
  return {
    contestant,
    seconds,
    events: 1_000,
    memory: 100 * 2 ** 20,
    cpu: { own: 1, database: 2, node: 3 },
    bytesDown: 2 ** 20,
    requests: 7,
    methods: {},
    commits: 5,
    walBytes: 0,
    differences,
  }
}

describe('the table', () => {
  test('has the median run of each, and compares it with the peer and the floor', () => {
    const runs = [8, 16, 12].map((seconds) => run('subsquid', seconds))
    const table = resultTable([...runs, run('floor', 1), run('ashao', 2)])
    const [, , peer, floor, own] = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    expect(peer?.slice(1, 6)).toEqual(['subsquid', '12.00', '83', '1.0', '12.00'])
    expect(floor?.slice(1, 6)).toEqual(['floor', '1.00', '1,000', '12.0', '1.00'])
    expect(own?.slice(1, 6)).toEqual(['ashao', '2.00', '500', '6.0', '2.00'])
    expect(own?.at(-2)).toBe('yes, 1 of 1')
  })

  test('does not count a run that differs, and says so', () => {
    const runs = [run('ashao', 1, ['an event differs']), run('ashao', 5), run('ashao', 4)]
    expect(medianRun(runs)?.seconds).toBe(5)
    expect(resultTable(runs)).toContain('**no**, 1 of 3 differ')
  })
})

test('what cannot be measured is refused by name', () => {
  expect(benchOptions(['--size', 'tiny', '--contestants', 'ashao,floor']).contestants).toEqual([
    'ashao',
    'floor',
  ])
  expect(() => benchOptions(['--size', 'vast'])).toThrow('--size vast is not known: write tiny, small')
  expect(() => benchOptions(['--contestants', 'ashao,nobody'])).toThrow('--contestants nobody')
  expect(() => benchOptions(['--runs', '0'])).toThrow('--runs 0')
})
