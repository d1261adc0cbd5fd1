import { execFileSync } from 'node:child_process'
import os from 'node:os'
import type { Command } from '../../ingest/harness/contestant'

/** Who runs where: the server that is measured on one core, everybody else on the others. */
export interface Cores {
  /** In words, for the head of the table. */
  readonly describes: string
  /** The command, bound to the measured core. */
  measured(command: Command): Command
  /** Binds a process that runs already, and what it starts from now on, to the other cores. */
  others(pid: number): void
}

/** Binds processes to cores where there are two of them and `taskset` (util-linux). */
export function chooseCores(): Cores {
  const count = os.cpus().length
  if (count < 2 || !isThere('taskset')) {
    return { describes: 'nobody bound to a core', measured: (command) => command, others: () => undefined }
  }
  const rest = count === 2 ? '1' : `1-${count - 1}`
  return {
    describes: 'the server on a core of its own, PostgreSQL and the load on the others',
    measured: (command) => ({
      ...command,
      command: 'taskset',
      args: ['-c', '0', command.command, ...command.args],
    }),
    others: (pid) => void execFileSync('taskset', ['-a', '-c', '-p', rest, String(pid)], { stdio: 'ignore' }),
  }
}

function isThere(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
