import { expect, test } from 'vitest'
import { type Command, type CommandOption, readCommand, usageOf } from '../../src/cli/command-line'
import { CommandWrong } from '../../src/cli/errors'
import { exitCodeOf } from '../../src/cli/exit'

const SHAPE = {
  name: 'pack',
  says: 'Packs boxes.',
  operands: { name: 'BOX…', says: 'what to pack', least: 1, most: 3 },
  options: {
    out: { value: 'DIR', isRequired: true, says: 'Where to put them.' },
    from: { value: 'DATE', says: 'The first day.' },
    proofs: { says: 'Adds proofs.' },
  },
} as const satisfies { options: Record<string, CommandOption> } & Record<string, unknown>

function work(args: readonly string[]): Extract<Command<typeof SHAPE.options>, { asks: 'work' }> {
  const command = readCommand(SHAPE, args)
  if (command.asks !== 'work') throw new Error('help was asked for')
  return command
}

function refusal(args: readonly string[]): CommandWrong {
  try {
    readCommand(SHAPE, args)
  } catch (error) {
    if (error instanceof CommandWrong) return error
    throw error
  }
  throw new Error(`understood: ${args.join(' ')}`)
}

test('values follow their option or stand behind an equals sign, operands stand anywhere', () => {
  expect(work(['a', '--out', 'x', 'b', '--from=2026-01-01', '--proofs', '--', '--c'])).toEqual({
    asks: 'work',
    operands: ['a', 'b', '--c'],
    options: { out: 'x', from: '2026-01-01', proofs: true },
  })
  expect(work(['a', '--out=-x'])).toEqual({
    asks: 'work',
    operands: ['a'],
    options: { out: '-x', from: undefined, proofs: false },
  })
})

test.each([
  ['an unknown option', ['a', '--out', 'x', '--form', 'y'], '--form', '--from'],
  ['a name of every object', ['a', '--out', 'x', '--constructor'], '--constructor', '--proofs'],
  ['an unknown short option', ['a', '--out', 'x', '-q'], '-q', '--proofs'],
  ['a missing value at the end', ['a', '--out'], '--out', '--out DIR'],
  ['an option where a value should be', ['a', '--out', '--proofs'], '--out', '--out DIR'],
  ['an empty value', ['a', '--out='], '--out', '--out DIR'],
  ['a value of a flag', ['a', '--out', 'x', '--proofs=yes'], '--proofs', 'alone'],
  ['an option twice', ['a', '--out', 'x', '--out', 'y'], '--out', 'once'],
  ['a missing option', ['a'], '--out', 'Where to put them.'],
  ['a missing operand', ['--out', 'x'], 'BOX…', 'what to pack'],
  ['an operand too many', ['a', 'b', 'c', 'd', '--out', 'x'], '"d"', 'what to pack'],
])('%s is refused with the place and the mend', (_, args, place, mend) => {
  const error = refusal(args)
  expect(error.code).toBe('E6209')
  expect(error.message).toContain(place)
  expect(error.mend).toContain(mend)
  expect(error.mend).toContain('--help')
  expect(exitCodeOf(error)).toBe(78)
})

test('help is given whatever else is missing, and names every option of the table', () => {
  for (const args of [['--help'], ['-h'], ['a', '--help']]) {
    const command = readCommand(SHAPE, args)
    expect(command).toEqual({ asks: 'help', usage: usageOf(SHAPE) })
  }
  expect(usageOf(SHAPE)).toBe(
    [
      'Usage: ashao pack BOX… --out DIR [options]',
      '',
      'Packs boxes.',
      '',
      '  BOX…         what to pack',
      '  --out DIR    Where to put them.',
      '  --from DATE  The first day.',
      '  --proofs     Adds proofs.',
      '  --help       Prints this.',
      '',
    ].join('\n'),
  )
})
