import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { treeUse } from '../../bench/ingest/harness/process-tree'

/** A node process that burns a fifth of a second, takes 64 MiB and says so. */
const WORK = `
  const memory = Buffer.alloc(64 * 2 ** 20, 1)
  const end = process.cpuUsage().user + 2e5
  while (process.cpuUsage().user < end);
  console.log(memory.length)
  setInterval(() => memory, 1000)`

test('what a process tree uses is what all in it use, also those that are not its children but theirs', async () => {
  // A shell between: the worker is a grandchild.
  const shell = spawn('/bin/sh', ['-c', '"$0" -e "$1" & wait', process.execPath, WORK], { detached: true })
  try {
    await once(shell.stdout, 'data')
    const { memory, cpuSeconds } = treeUse(shell.pid ?? 0)
    expect(memory).toBeGreaterThan(64 * 2 ** 20)
    expect(memory).toBeLessThan(512 * 2 ** 20)
    expect(cpuSeconds).toBeGreaterThan(0.15)
    expect(treeUse(process.pid).memory).toBeGreaterThan(memory)
  } finally {
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL')
  }
  expect(treeUse(2 ** 30)).toEqual({ cpuSeconds: 0, memory: 0 })
})
