import path from 'node:path'
import { parseArgs } from 'node:util'
import { CONTESTANTS, type ContestantName } from '../contestants/contestants'
import { PROJECT_DIRECTORY } from '../contestants/places'
import { SIZES, type SizeName } from './sizes'

/** What is measured. */
export interface BenchOptions {
  readonly size: SizeName
  readonly contestants: readonly ContestantName[]
  readonly runs: number
  /** Milliseconds per request. */
  readonly latency: number
  /** Foreign logs in each block. */
  readonly noise: number
  readonly logTimestamps: boolean
  readonly seed: number
  /** Directory with the compiled program of this project: `lib`, or that of another version. */
  readonly build: string
  /** Seconds after which a run is given up. */
  readonly timeout: number
}

/** @throws TypeError or RangeError for what is not understood */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: 'small' },
      contestants: { type: 'string', default: 'floor,ashao,subsquid,ponder' },
      runs: { type: 'string', default: '3' },
      latency: { type: 'string', default: '0' },
      noise: { type: 'string', default: '20' },
      'log-timestamps': { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      build: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'lib') },
      timeout: { type: 'string', default: '1800' },
    },
  })
  return {
    size: oneOf('size', values.size, Object.keys(SIZES) as SizeName[]),
    contestants: values.contestants
      .split(',')
      .map((name) => oneOf('contestants', name, Object.keys(CONTESTANTS) as ContestantName[])),
    runs: whole('runs', values.runs, 1),
    latency: whole('latency', values.latency, 0),
    noise: whole('noise', values.noise, 0),
    logTimestamps: values['log-timestamps'],
    seed: whole('seed', values.seed, 0),
    build: path.resolve(values.build),
    timeout: whole('timeout', values.timeout, 1),
  }
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const name = names.find((known) => known === text)
  if (name === undefined) throw new RangeError(`--${option} ${text} is not known: write ${names.join(', ')}`)
  return name
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least) return number
  throw new RangeError(`--${option} ${text} is no whole number from ${least} on`)
}
