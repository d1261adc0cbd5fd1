import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from '../../src/cli/lock-directory'
import { startOf } from '../../src/devnet/process-identity'
import { DirectoryBusy } from '../../src/export/errors'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const names = (): string[] => readdirSync(join(directory, '_manifests'))

test('a directory is one process’s until it gives it up', () => {
  const unlock = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(DirectoryBusy)
  unlock()
  expect(names()).toEqual([])
  lockDirectory(directory)()
})

test('a lock that a power failure left empty does not count', () => {
  mkdirSync(join(directory, '_manifests'))
  writeFileSync(join(directory, '_manifests', '.lock'), '')
  const unlock = lockDirectory(directory)
  expect(names()).toEqual(['.lock'])
  unlock()
  expect(names()).toEqual([])
})

test('what another process has locked since stays locked', () => {
  const unlock = lockDirectory(directory)
  writeFileSync(join(directory, '_manifests', '.lock'), 'somebody else\n')
  unlock()
  expect(names()).toEqual(['.lock'])
})

test('a living process keeps its lock, and one that was killed does not', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'])
  await once(holder.stdout, 'data')
  const pid = holder.pid ?? 0
  mkdirSync(join(directory, '_manifests'))
  writeFileSync(join(directory, '_manifests', '.lock'), `${pid} ${startOf(pid)}\n`)
  expect(() => lockDirectory(directory)).toThrow(`Process ${pid} exports into ${directory}.`)
  const ended = once(holder, 'exit')
  holder.kill('SIGKILL')
  await ended
  lockDirectory(directory)()
  expect(names()).toEqual([])
})
