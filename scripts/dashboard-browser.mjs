// What the scripts about the dashboard share: a Chromium, and the program's own processes.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { chromium } from 'playwright-core'

export const PROJECT = path.join(import.meta.dirname, '..')

/** Starts the Chromium of CHROMIUM_PATH or PATH, without a window. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-dev-shm-usage'],
  })
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const places = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  )
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error('No Chromium found: name its program in CHROMIUM_PATH.')
  return found
}

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
