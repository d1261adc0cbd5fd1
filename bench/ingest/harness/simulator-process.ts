import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { EndpointStats } from '../simulator/endpoint'
import type { Expected } from '../simulator/expected'
import type { ServeCommand } from '../simulator/serve'
import type { BenchOptions } from './bench-options'
import { SIZES } from './sizes'

export type SimulatorStats = EndpointStats & { readonly cpuSeconds: number }

/** The node, in a process of its own: what it uses is not the contestants'. */
export interface SimulatorProcess {
  readonly url: string
  readonly expected: Expected
  stats(): Promise<SimulatorStats>
  reset(): Promise<SimulatorStats>
  stop(): void
}

/** Results of one request, as Infura and geth limit them. */
const MAX_LOGS = 10_000

export async function startSimulatorProcess(options: BenchOptions): Promise<SimulatorProcess> {
  const { size, noise, latency, logTimestamps, seed } = options
  const chain = {
    ...SIZES[size],
    noise,
    seed,
    latency,
    'log-timestamps': logTimestamps,
    'max-logs': MAX_LOGS,
  }
  const args = Object.entries(chain).map(
    ([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`,
  )
  const child = fork(path.join(__dirname, '../simulator/serve.js'), args, {
    execArgv: ['--max-old-space-size=8192'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const { url } = (await message(child)) as { url: string }
  const ask = async <Reply>(command: ServeCommand): Promise<Reply> => {
    child.send(command)
    return (await message(child)) as Reply
  }
  return {
    url,
    expected: await ask('expected'),
    stats: () => ask('stats'),
    reset: () => ask('reset'),
    stop: () => void child.kill('SIGKILL'),
  }
}

async function message(child: ChildProcess): Promise<unknown> {
  const end = new AbortController()
  const { signal } = end
  try {
    const [said] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`the simulator ended with ${code}`)
      }),
    ])
    return said
  } finally {
    end.abort()
  }
}
