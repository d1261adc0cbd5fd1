import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { commandOf, isAlive, startOf } from '../../src/devnet/process-identity'

describe('a process', () => {
  test('lives, began at a time of its own, and has the words it was started with', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    expect(isAlive(pid)).toBe(true)
    expect(startOf(pid)).not.toBe(startOf(1))
    expect(commandOf(pid).slice(1)).toEqual(['-e', 'setInterval(() => 0, 1000)'])
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive(pid)).toBe(false)
    expect(commandOf(pid)).toEqual([])
  })

  test('that has ended but was never reaped does not live', async () => {
    // The shell starts a child and becomes a program that never asks for it.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'])
    const [text] = (await once(parent.stdout, 'data')) as [Buffer]
    const zombie = Number(text.toString())
    await expect.poll(() => isAlive(zombie)).toBe(false)
    expect(() => process.kill(zombie, 0)).not.toThrow()
    parent.kill()
    await once(parent, 'exit')
  })

  test('that never was does not live', () => {
    expect(isAlive(2 ** 22 + 1)).toBe(false)
    expect(startOf(2 ** 22 + 1)).toBe('')
  })
})
