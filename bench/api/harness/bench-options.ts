import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { PROJECT_DIRECTORY } from '../../ingest/contestants/places'
import { CONTESTANT_NAMES, type ContestantName } from '../contestants/contestant'
import { QUESTIONS } from '../questions/questions'

/** What is measured. */
export interface BenchOptions {
  /** Token transfers of the large database; the small one has a hundredth. */
  readonly transfers: number
  /** How often each contestant is measured. */
  readonly rounds: number
  /** Of each measurement. */
  readonly seconds: number
  readonly connections: number
  readonly contestants: readonly ContestantName[]
  /** Names of what is asked. */
  readonly questions: readonly string[]
  /** URL of the administrator of a PostgreSQL to use instead of the repository's own. */
  readonly database: string | undefined
  /** Directory with the compiled program of this project: `lib`, or that of another version. */
  readonly build: string
  /** Directory of the repository's own PostgreSQL, whose databases stay for the next run. */
  readonly data: string
}

const whole = (least: number) => z.coerce.number().int().min(least)

const names = z.string().transform((text) => text.split(','))

const SCHEMA = z.object({
  transfers: whole(10_000),
  rounds: whole(1),
  seconds: whole(1),
  connections: whole(1),
  contestants: names.pipe(z.array(z.enum(CONTESTANT_NAMES))),
  questions: names.pipe(z.array(z.enum(QUESTIONS.map(({ name }) => name)))),
  database: z.url().optional(),
  build: z.string().transform((directory) => path.resolve(directory)),
  data: z.string().transform((directory) => path.resolve(directory)),
})

/** @throws TypeError or ZodError for what is not understood */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      transfers: { type: 'string', default: '5000000' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '50' },
      contestants: { type: 'string', default: CONTESTANT_NAMES.join(',') },
      questions: { type: 'string', default: QUESTIONS.map(({ name }) => name).join(',') },
      database: { type: 'string' },
      build: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'lib') },
      data: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'bench/api/.data') },
    },
  })
  const { database, ...options } = SCHEMA.parse(values)
  return { ...options, database }
}
