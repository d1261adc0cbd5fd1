import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const report = z.object({ pid: z.number(), port: z.number(), url: z.string(), resumed: z.boolean() })

const program = `
const { startEmbeddedPostgres } = require(process.argv[1] + '/lib/devnet/postgres.js')
startEmbeddedPostgres({ dataDir: process.argv[2], fast: true }).then(
  (postgres) => {
    const { pid, port, url, resumed } = postgres
    console.log(JSON.stringify({ pid, port, url, resumed }))
    process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)))
  },
  (error) => { console.error(error); process.exit(1) },
)`

/** A process that starts the cluster as the compiled program would, and stops it on SIGTERM. */
export async function superviseInChild(
  root: string,
  dataDir: string,
  options: { uid?: number; gid?: number; home?: string } = {},
): Promise<{ child: ChildProcess; postgres: z.infer<typeof report> }> {
  const { home = '/', ...ids } = options
  const child = spawn(process.execPath, ['-e', program, root, dataDir], {
    ...ids,
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, postgres: report.parse(JSON.parse(line)) }
  }
  throw new Error(`the child ended: ${errors}`)
}

export async function end(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(name)
  await ended
}

/** Not our child, so its end has no event to wait for. */
export async function gone(pid: number): Promise<void> {
  while (commandLine(pid) !== '') await delay(20)
}

/** Empty once the process has ended, also while it waits for its parent to take notice. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Processes whose command line holds the text, by id. */
export const processesWith = (text: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => commandLine(pid).includes(text))
