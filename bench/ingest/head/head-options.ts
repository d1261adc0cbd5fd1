import path from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT_DIRECTORY } from '../contestants/places'

export interface HeadOptions {
  /** Blocks that are waited for one after the other. */
  readonly blocks: number
  /** Reorganisations that are waited for. */
  readonly reorgs: number
  /** Milliseconds between two questions for the head over HTTP. */
  readonly poll: number
  /** Milliseconds that the node takes for each request. */
  readonly latency: number
  /** Directory with the compiled program. */
  readonly build: string
}

/** @throws TypeError or RangeError for what is not understood */
export function headOptions(args: readonly string[]): HeadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      blocks: { type: 'string', default: '200' },
      reorgs: { type: 'string', default: '5' },
      poll: { type: 'string', default: '1000' },
      latency: { type: 'string', default: '0' },
      build: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'lib') },
    },
  })
  return {
    blocks: whole('blocks', values.blocks, 1),
    reorgs: whole('reorgs', values.reorgs, 1),
    poll: whole('poll', values.poll, 50),
    latency: whole('latency', values.latency, 0),
    build: path.resolve(values.build),
  }
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least) return number
  throw new RangeError(`--${option} ${text} is no whole number from ${least} on`)
}
