import { execFileSync } from 'node:child_process'
import type { Product } from './product'

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly args: string
}

/** Everything that runs on this machine. What has ended and only waits for its parent to hear of it does not run. */
export function processTable(): Process[] {
  const table = execFileSync('ps', ['-ww', '-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, state, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*?)\s*$/.exec(line) ?? []
    if (args === undefined || state?.startsWith('Z')) return []
    return [{ pid: Number(pid), parent: Number(parent), args }]
  })
}

/** The processes that a product started, and those that these started, and so on. */
export function processesBelow(product: Product): Process[] {
  const table = processTable()
  const below = (pid: number): Process[] =>
    table.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)])
  return below(product.process.pid ?? 0)
}

export function stillRunning(processes: readonly Process[]): Process[] {
  const table = processTable()
  return processes.filter(({ pid, args }) => table.some((other) => other.pid === pid && other.args === args))
}
