import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process id is taken, be it by a process that has ended and was not reaped by its parent. */
export function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a process runs. One that has ended but was not reaped does not: nothing of it works any more. */
export function isAlive(pid: number): boolean {
  return isTaken(pid) && processState(pid) !== 'Z'
}

/** What this process leaves in a file to say that it holds something. */
export function ownMark(): string {
  return `${process.pid} ${startOf(process.pid)}\n`
}

/** The process that left a mark, if it still runs: another one with its id began at another time. */
export function livingHolder(mark: string): number | undefined {
  const [pid = '', ...start] = mark.trim().split(' ')
  const holder = Number(pid)
  if (!Number.isInteger(holder) || holder <= 0) return undefined
  return isAlive(holder) && startOf(holder) === start.join(' ') ? holder : undefined
}

/** When a process started, in whatever unit the system gives: ids are used again, so a pid alone names nobody. */
export function startOf(pid: number): string {
  if (process.platform === 'linux') return statFields(pid)[19] ?? ''
  return ps(pid, 'lstart').trim().replaceAll(/\s+/g, ' ')
}

/** The words that a process was started with, or none. */
export function commandOf(pid: number): string[] {
  if (process.platform !== 'linux') return ps(pid, 'command').trim().split(/\s+/).filter(Boolean)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  } catch {
    return []
  }
}

function processState(pid: number): string | undefined {
  if (process.platform === 'linux') return statFields(pid)[0]
  return ps(pid, 'state').trim()[0]
}

/** The fields of /proc/PID/stat from the third on: the second, a name in parentheses, may hold spaces. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function ps(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch {
    return ''
  }
}
