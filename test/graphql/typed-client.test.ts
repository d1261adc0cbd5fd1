import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { burnedPerInterval, describeTreasury } from '../../examples/typed-client/client'
import { BOUGHT, fillLivedEconomy, HEAD, LIVED } from '../support/lived-economy'
import { PROJECT } from '../support/product'
import { type ServedGraphql, serveGraphql } from './served-graphql'

const run = promisify(execFile)
const EXAMPLE = path.join(PROJECT, 'examples', 'typed-client')
const COMPILER = path.join(PROJECT, 'node_modules', '.bin', 'tsc')

describe('the types of the example', () => {
  test('are those of the committed schema', async () => {
    await run(process.execPath, ['scripts/generate-client.mjs', '--check'], { cwd: PROJECT })
  })

  test('let it compile, and let nothing compile that the schema does not have', async () => {
    await run(COMPILER, ['-p', EXAMPLE])
    const copy = mkdtempSync(path.join(PROJECT, 'examples', 'copy-'))
    onTestFinished(() => rmSync(copy, { recursive: true }))
    cpSync(EXAMPLE, copy, { recursive: true })
    const client = path.join(copy, 'client.ts')
    writeFileSync(client, readFileSync(client, 'utf8').replace('balance.symbol', 'balance.name'))
    await expect(run(COMPILER, ['-p', copy])).rejects.toMatchObject({
      stdout: expect.stringContaining("Property 'name' does not exist"),
    })
  })
})

describe('the example', () => {
  let served: ServedGraphql
  beforeAll(async () => {
    served = await serveGraphql(undefined, { economy: LIVED, fill: fillLivedEconomy, head: HEAD })
  })
  afterAll(() => served.close())

  test('tells what the treasury has, now and then', async () => {
    expect(await describeTreasury(served.url)).toMatch(
      new RegExp(`^\\S+ \\w+ of \\S+ earned, at block ${HEAD}, 3 s ago$`),
    )
    expect(await describeTreasury(served.url, BOUGHT)).toMatch(new RegExp(`at block ${BOUGHT}$`))
  })

  test('tells what was burned', async () => {
    const burned = await burnedPerInterval(served.url, 'day', '2023-11-14')
    expect([...burned]).toEqual([
      ['2023-11-14T00:00:00Z', '0'],
      ['2023-11-15T00:00:00Z', '40'],
      ['2023-11-16T00:00:00Z', '0'],
      ['2023-11-17T00:00:00Z', '10'],
    ])
  })
})
