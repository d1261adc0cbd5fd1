import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export const PROJECT = path.resolve(__dirname, '..', '..')

/** A role of the compiled program as its own process, exactly as an operator runs it. */
export interface Product {
  readonly process: ChildProcess
  /** Everything printed so far, both streams. */
  output(): string
  /** Resolves with the match when the output fits; rejects if the process ends first or time runs out. */
  printed(pattern: RegExp, milliseconds?: number): Promise<RegExpExecArray>
  /** Resolves when the process has ended. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs `node lib/main.js ROLE`; only `variables` and what a program needs to run at all are in its environment. */
export function runProduct(role: string | undefined, variables: Record<string, string>): Product {
  const child = spawn(process.execPath, ['lib/main.js', ...(role === undefined ? [] : [role])], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exit = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      child.emit('printed')
    })
  }
  return {
    process: child,
    output: () => output,
    ended: () => exit,
    printed(pattern, milliseconds = 60_000) {
      return new Promise((resolve, reject) => {
        const settle = (failure?: string): void => {
          const match = pattern.exec(output)
          if (match === null && failure === undefined) return
          clearTimeout(timer)
          child.off('printed', settle)
          if (match !== null) resolve(match)
          else reject(new Error(`${failure}; it printed:\n${output}`))
        }
        const timer = setTimeout(
          () => settle(`${pattern} was not printed in ${milliseconds} ms`),
          milliseconds,
        )
        child.on('printed', () => settle())
        exit.then(({ code }) => settle(`the process ended with ${code} before it printed ${pattern}`))
        settle()
      })
    },
    async stop(signal = 'SIGINT') {
      child.kill(signal)
      return (await exit).code
    },
  }
}
