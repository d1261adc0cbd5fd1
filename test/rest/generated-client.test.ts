import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, GREW, STAKER } from '../support/lived-economy'
import { PROJECT } from '../support/product'
import { ECONOMY } from '../support/small-economy'

const run = promisify(execFile)
const binary = (name: string) => path.join(PROJECT, 'node_modules', '.bin', name)

/** A program that somebody writes with the client: it fails to compile where the document leaves a type open. */
const PROGRAM = `
import { ok } from '@oazapfts/runtime'
import * as api from './client.js'

api.defaults.baseUrl = process.argv[2]

const treasury = await ok(api.getTreasury({ block: '${GREW}' }))
const balance: bigint = BigInt(treasury.balance ?? 0)
const finalized: boolean = treasury.asOf.finalized
const total: string = await ok(api.getSupplyTotal())
const account = await ok(api.getAccount('${STAKER}'))
const staked: string | null = account.stakedDecimal
const burned = await ok(api.getLineChart('burned', { resolution: 'MONTH' }))
const { data } = await ok(api.getDailyRows({ day: '2023-11-15' }))
const stats = await ok(
  api.getEtherscanStats({ $module: 'stats', action: 'tokensupply', contractaddress: '${ECONOMY.contracts.token.address}' }),
)
const refused = await api.getTreasury({ block: '99' })
const code: string | undefined = refused.status === 404 ? refused.data.code : undefined
// @ts-expect-error a badge of nothing
const unheard = await api.getBadge('unheard')

console.log(JSON.stringify({
  balance: String(balance), finalized, total, staked, code,
  burned: burned.chart[0], day: data[0], stats, unheard: unheard.status,
}))
`

let filled: FilledApi
let url: string
let place: string

beforeAll(async () => {
  filled = await createLivedApi()
  url = await filled.api.app.listen({ host: '127.0.0.1', port: 0 })
  place = mkdtempSync(path.join(tmpdir(), 'ashao-client-'))
})
afterAll(async () => {
  rmSync(place, { recursive: true, force: true })
  await filled.close()
})

const write = (name: string, content: string) => writeFileSync(path.join(place, name), content)

test('a client that is generated from the document compiles, and is answered', async () => {
  write('openapi.json', await (await fetch(new URL('/api/openapi.json', url))).text())
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(place, 'node_modules'))
  await run(binary('oazapfts'), ['openapi.json', 'client.ts'], { cwd: place })
  write('package.json', JSON.stringify({ type: 'module' }))
  write('program.ts', PROGRAM)
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    types: ['node'],
    skipLibCheck: true,
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['program.ts'] }))
  const compiled = await run(binary('tsc'), ['--pretty', 'false'], { cwd: place }).catch((error) => error)
  expect(compiled.stdout).toBe('')
  const { stdout } = await run(process.execPath, ['program.js', url], { cwd: place })
  expect(JSON.parse(stdout)).toMatchObject({
    balance: '1000000000',
    finalized: true,
    total: '940',
    staked: '100',
    code: 'E5007',
    burned: { date: '2023-11-01', date_to: '2023-11-30', value: '50', is_approximate: true },
    day: { day: '2023-11-15', revenue_usdc: '0', buyback_usdc: '300', burned: '40' },
    stats: { status: '1', message: 'OK', result: '947000000000000000000' },
    unheard: 404,
  })
})
