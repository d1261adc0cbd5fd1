import { parseArgs } from 'node:util'
import { buildChain } from './chain'
import { type ChainOptions, chainOptions } from './chain-options'
import { expectedOf } from './expected'
import type { LimitWording } from './range-limits'
import { startSimulator } from './simulator'

/** What the process that started this one may ask. */
export type ServeCommand = 'stats' | 'reset' | 'expected'

/** A node as a process of its own: with `--port 8600 --blocks 2000 …`, each option of a chain in kebab-case. */
async function serve(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(Object.keys(chainOptions({})).map((name) => [inKebabCase(name), TEXT])),
      port: TEXT,
      'max-range': TEXT,
      'max-logs': TEXT,
      wording: TEXT,
      latency: TEXT,
      grow: TEXT,
    },
  })
  const given = values as Readonly<Record<string, string | undefined>>
  const number = (name: string): number | undefined =>
    given[name] === undefined ? undefined : Number(given[name])
  const chain = buildChain(readOptions(given))
  const limits = { maxRange: number('max-range'), maxLogs: number('max-logs') }
  const simulator = await startSimulator({
    chain,
    port: number('port') ?? 0,
    latencyMs: number('latency') ?? 0,
    limits: { ...withoutUndefined(limits), wording: (given.wording ?? 'geth') as LimitWording },
    ...withoutUndefined({ growMs: number('grow') }),
  })
  process.on('message', (command: ServeCommand) => {
    if (command === 'reset') simulator.resetStats()
    const { user, system } = process.cpuUsage()
    const stats = { ...simulator.stats(), cpuSeconds: (user + system) / 1e6 }
    process.send?.(command === 'expected' ? expectedOf(chain) : stats)
  })
  process.on('disconnect', () => process.exit(0))
  process.stdout.write(`${simulator.url} serves ${chain.head()} blocks with ${chain.options.events} events\n`)
  process.send?.({ url: simulator.url })
}

const TEXT = { type: 'string' } as const

function readOptions(given: Readonly<Record<string, string | undefined>>): Partial<ChainOptions> {
  const texts = Object.entries(chainOptions({})).flatMap(([name, value]) => {
    const text = given[inKebabCase(name)]
    return text === undefined ? [] : [[name, typeof value === 'boolean' ? text === 'true' : Number(text)]]
  })
  return Object.fromEntries(texts)
}

function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function withoutUndefined<Value>(given: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  )
}

void serve()
