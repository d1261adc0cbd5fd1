// What the scripts about the dashboard share: the program's own processes.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'

export const PROJECT = path.join(import.meta.dirname, '..')

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Runs the compiled program until it has printed something; nothing but `variables` configures it.
 * @param args its command line, without the program
 * @returns how to stop it
 */
export async function runProgram(args, variables, pattern) {
  const child = spawn(process.execPath, [path.join(PROJECT, 'lib/main.js'), ...args], {
    cwd: variables.DATA_DIR,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGINT')
    await ended
  }
  await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
        if (pattern.test(output)) resolve()
      })
    }
    ended.then((code) => reject(new Error(`the program ended with ${code}; it printed:\n${output}`)))
  })
  return stop
}
