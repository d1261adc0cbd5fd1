import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { openChildLog } from './child-log'
import { ProcessEnded, ProcessReported } from './errors'
import { EXIT } from './exit'
import type { ChildMessage } from './messages'

/** Pauses before a crashed process is started again, in milliseconds; the last one is repeated. */
const BACKOFF = [500, 1_000, 2_000, 5_000, 10_000, 30_000]
/** A process that ran this long was healthy: its next crash is a first one again. */
const HEALTHY_AFTER = 60_000
/** How long a process may take to stop before it is killed, in milliseconds. */
const STOP_PATIENCE = 20_000

export interface ChildOptions {
  /** Role on the command line; its name in messages and of its log. */
  readonly name: string
  readonly dataDir: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly onMessage: (message: ChildMessage) => void
  /** Something that the operator should read: a restart, a warning. */
  readonly say: (text: string) => void
  /** Strikes out secrets: what Node itself prints about a crash has not been through our log. */
  readonly redact: (text: string) => string
  /** The process cannot run, and starting it again would not help. */
  readonly onGiveUp: (error: unknown) => void
}

export interface Child {
  stop(): Promise<void>
}

/** Runs one role as a process of its own and starts it again when it crashes, with growing pauses. */
export function superviseChild(options: ChildOptions): Child {
  const { name, dataDir, variables, say } = options
  const log = openChildLog(dataDir, name)
  let child: ChildProcess | undefined
  let stopping = false
  let crashes = 0
  let worked = false
  let pause: NodeJS.Timeout | undefined
  let ended: Promise<void> = Promise.resolve()

  const launch = (): void => {
    let report: string | undefined
    const startedAt = Date.now()
    // A group of its own: a Ctrl-C in the terminal reaches the supervisor alone, which then stops us in order.
    child = fork(path.join(__dirname, '..', 'main.js'), [name], {
      env: { ...variables },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const running = child
    for (const stream of [running.stdout, running.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => log.append(options.redact(text)))
    }
    // Could not be launched: the exit that follows is what is acted on.
    running.on('error', (error) => log.append(`${error.message}\n`))
    running.on('message', (message: ChildMessage) => {
      if (message.type === 'failed') {
        report = message.report
        return
      }
      if (message.type !== 'seeding') worked = true
      options.onMessage(message)
    })
    ended = new Promise((resolve) => {
      running.once('exit', (code, signal) => {
        resolve()
        if (stopping) return
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`
        if (code === EXIT.misconfigured || (!worked && report !== undefined)) {
          const ended = new ProcessEnded({ name, how, logFile: log.file })
          options.onGiveUp(report === undefined || code === null ? ended : new ProcessReported(report, code))
          return
        }
        crashes = Date.now() - startedAt > HEALTHY_AFTER ? 1 : crashes + 1
        const delay = BACKOFF[Math.min(crashes, BACKOFF.length) - 1] ?? 0
        const why = report === undefined ? `${how}, log in ${log.file}` : report
        say(`the ${name} stopped (${why}); starting it again in ${delay / 1_000} s`)
        pause = setTimeout(launch, delay)
      })
    })
  }
  launch()

  return {
    async stop() {
      stopping = true
      clearTimeout(pause)
      const running = child
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
      running.kill('SIGTERM')
      const kill = setTimeout(() => running.kill('SIGKILL'), STOP_PATIENCE)
      await ended
      clearTimeout(kill)
    },
  }
}
