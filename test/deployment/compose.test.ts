import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseEnvironment } from '../../src/config/environment'
import { API, expectNoSecret, INDEXER, read, repository } from './deployment-files'

const service = z.looseObject({
  command: z.array(z.string()),
  restart: z.string(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.union([z.string(), z.looseObject({ target: z.string(), read_only: z.boolean() })])),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional() }).optional(),
})
const file = z.looseObject({
  services: z.object({ postgres: service, indexer: service, api: service }),
  volumes: z.record(z.string(), z.unknown()),
})

const source = read('docker-compose.yml')
const { services, volumes } = file.parse(parse(source, { merge: true }))

const given = { POSTGRES_PASSWORD: 'a-password', RPC_URL: 'http://node.invalid' }
const tools = ['docker-compose', 'docker compose'].filter(
  (tool) => run(tool, ['version'], { PATH: process.env.PATH }).status === 0,
)
// Compose reads .env of the repository unless it is given another file.
const directory = mkdtempSync(join(tmpdir(), 'ashao-compose-'))
const noVariables = join(directory, 'empty.env')
writeFileSync(noVariables, '')
afterAll(() => rmSync(directory, { recursive: true }))

function run(tool: string, words: readonly string[], env: NodeJS.ProcessEnv) {
  const [program = '', ...plugin] = tool.split(' ')
  return spawnSync(program, [...plugin, ...words], { cwd: repository, env, encoding: 'utf8' })
}

describe('docker-compose.yml', () => {
  test('runs both roles, each after the database is healthy', () => {
    expect(services.indexer.command).toEqual(INDEXER)
    expect(services.api.command).toEqual(API)
    for (const { depends_on, restart } of [services.indexer, services.api]) {
      expect(depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
      expect(restart).toBe('unless-stopped')
    }
    expect(services.postgres.healthcheck?.test?.slice(0, 2)).toEqual(['CMD', 'pg_isready'])
  })

  test('gives each role what the configuration accepts without a complaint', () => {
    for (const { environment } of [services.indexer, services.api]) {
      const filled = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, interpolate(value)]),
      )
      const problems: Parameters<typeof parseEnvironment>[1] = []
      const parsed = parseEnvironment(filled, problems)
      expect(problems).toEqual([])
      expect(parsed.databaseUrl).toBe('postgres://ashao:a-password@postgres:5432/ashao')
      expect(parsed.rpcUrls).toEqual([given.RPC_URL])
    }
  })

  test('hands every setting of ingestion to the indexer, and its secrets to nobody else', () => {
    const own = Object.keys(services.indexer.environment).filter((key) => !(key in services.api.environment))
    expect(own.sort()).toEqual([
      'GATEWAY_API_KEY',
      'GATEWAY_URL',
      'HEAD_POLL_MS',
      'PROMETHEUS_PORT',
      'QUORUM_PERCENT',
      'VERIFICATION',
    ])
    const defaults = parseEnvironment({}, [])
    const filled = Object.fromEntries(
      Object.entries(services.indexer.environment).map(([key, value]) => [key, interpolate(value)]),
    )
    const { verification, headPollMs, gatewayUrl, gatewayApiKey, prometheusPort } = parseEnvironment(
      filled,
      [],
    )
    expect({ verification, headPollMs, gatewayUrl, gatewayApiKey, prometheusPort }).toEqual({
      verification: defaults.verification,
      headPollMs: defaults.headPollMs,
      ...{ gatewayUrl: undefined, gatewayApiKey: undefined, prometheusPort: undefined },
    })
  })

  test('publishes the default port on loopback only', () => {
    const { port } = parseEnvironment({}, [])
    expect(services.api.ports?.map(interpolate)).toEqual([`127.0.0.1:${port}:${port}`])
    expect(services.api.environment).toMatchObject({ HOST: '0.0.0.0', PORT: String(port) })
    expect([services.postgres.ports, services.indexer.ports]).toEqual([undefined, undefined])
  })

  test('keeps the database in a named volume and mounts economy.yaml read-only', () => {
    expect(Object.keys(volumes)).toEqual(['postgres'])
    expect(services.postgres.volumes).toEqual(['postgres:/var/lib/postgresql/data'])
    for (const each of [services.indexer, services.api]) {
      expect(each.volumes).toEqual([
        expect.objectContaining({ target: each.environment.ECONOMY_FILE, read_only: true, type: 'bind' }),
      ])
    }
  })

  test('holds no secret', () => {
    expectNoSecret(source)
  })

  test.skipIf(tools.length > 0)(
    'is not checked by Compose itself: no docker-compose on this machine',
    () => {},
  )

  test.each(tools)('is accepted by %s, and refused without its secrets', (tool) => {
    const words = ['--env-file', noVariables, '-f', 'docker-compose.yml', 'config']
    const config = (variables: Record<string, string>) =>
      run(tool, words, { PATH: process.env.PATH, ...variables })
    const accepted = config(given)
    expect(accepted.stderr).toBe('')
    expect(accepted.status).toBe(0)
    const resolved = z
      .object({ services: z.record(z.string(), z.looseObject({ command: z.array(z.string()) })) })
      .parse(parse(accepted.stdout)).services
    expect(resolved.indexer?.command).toEqual(INDEXER)
    expect(resolved.api?.command).toEqual(API)
    for (const name of ['POSTGRES_PASSWORD', 'RPC_URL'] as const) {
      const { [name]: _, ...rest } = given
      const refused = config(rest)
      expect(refused.status).not.toBe(0)
      expect(refused.stderr).toContain('set it in .env')
    }
  })
})

/** Compose's `${NAME:-default}` and `${NAME:?message}`. */
function interpolate(text: string): string {
  return text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = Object.entries(given).find(([key]) => key === name)?.[1]
    return value ?? (kind === '-' ? rest : '')
  })
}
