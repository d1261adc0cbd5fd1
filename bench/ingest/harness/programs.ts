import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, writeSync } from 'node:fs'
import type { Command } from './contestant'

/** Milliseconds that a program has to stop. */
const PATIENCE = 8_000

/** Starts a program in a process group of its own, so that its children can be stopped with it. */
export function launch({ command, args, directory, environment }: Command, log: string): ChildProcess {
  const file = openSync(log, 'a')
  writeSync(file, `\n$ ${command} ${args.join(' ')}\n`)
  return spawn(command, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', file, file],
  })
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** @throws Error if it fails, with the place of what it said */
export async function runToEnd(command: Command, log: string): Promise<void> {
  const child = launch(command, log)
  const [code, signal] = await once(child, 'exit')
  if (code !== 0)
    throw new Error(`${command.command} ${command.args.join(' ')}: ${code ?? signal}, see ${log}`)
}

export async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return
  const group = -child.pid
  const ended = once(child, 'exit')
  process.kill(group, 'SIGTERM')
  const timer = setTimeout(() => process.kill(group, 'SIGKILL'), PATIENCE)
  await ended
  clearTimeout(timer)
}
