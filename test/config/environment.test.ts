import { resolve } from 'node:path'
import { Client } from 'pg'
import { DriverUtils } from 'typeorm/driver/DriverUtils'
import { describe, expect, test } from 'vitest'
import { type Environment, parseEnvironment } from '../../src/config/environment'
import type { Problem } from '../../src/config/problems'

type Variables = Readonly<Record<string, string>>

function read(variables: Variables): { environment: Environment; problems: Problem[] } {
  const problems: Problem[] = []
  return { environment: parseEnvironment(variables, problems), problems }
}

function valid(variables: Variables): Environment {
  const { environment, problems } = read(variables)
  expect(problems).toEqual([])
  return environment
}

const DEFAULTS: Environment = {
  rpcUrls: [],
  gatewayUrl: undefined,
  gatewayApiKey: undefined,
  verification: { mode: 'none' },
  headPollMs: 1_000,
  databaseUrl: undefined,
  databaseReadUrl: undefined,
  port: 4350,
  host: '127.0.0.1',
  dataDir: resolve('.data'),
  devnetPort: 8545,
  embeddedPgPort: undefined,
  prometheusPort: undefined,
  logLevel: 'info',
  economyFile: resolve('economy.yaml'),
  maxLagSeconds: 300,
  reconcileSeconds: 600,
  rateLimit: { perMinute: 600, sparesLoopback: true },
  trustProxy: false,
  embed: { publicUrl: undefined, framedBy: '*' },
  secrets: [],
}

test('nothing set is every default', () => {
  expect(valid({})).toEqual(DEFAULTS)
})

test('everything set arrives, and nothing of it can be changed', () => {
  const environment = valid({
    RPC_URL: 'https://one.example/, wss://two.example/',
    GATEWAY_URL: 'https://gateway.example/network/base',
    GATEWAY_API_KEY: 'a-key',
    VERIFICATION: 'Quorum',
    QUORUM_PERCENT: '25',
    HEAD_POLL_MS: '200',
    DATABASE_URL: 'postgres://primary.example/ashao',
    DATABASE_READ_URL: 'postgresql://replica.example/ashao',
    PORT: '80',
    HOST: '0.0.0.0',
    DATA_DIR: '/var/ashao',
    DEVNET_PORT: '1',
    EMBEDDED_PG_PORT: '65535',
    PROMETHEUS_PORT: '9464',
    LOG_LEVEL: 'DEBUG',
    ECONOMY_FILE: '/etc/economy.yaml',
    MAX_LAG_SECONDS: '60',
    RECONCILE_SECONDS: '0',
    RATE_LIMIT: '120',
    TRUST_PROXY: '10.0.0.0/8, ::1, uniquelocal',
    PUBLIC_URL: 'https://example.org/ashao/',
    EMBED_FRAME_ANCESTORS: "'self' https://*.example.org:8443",
  })
  expect(environment).toEqual({
    rpcUrls: ['https://one.example/', 'wss://two.example/'],
    gatewayUrl: 'https://gateway.example/network/base',
    gatewayApiKey: 'a-key',
    verification: { mode: 'quorum', share: 0.25 },
    headPollMs: 200,
    databaseUrl: 'postgres://primary.example/ashao',
    databaseReadUrl: 'postgresql://replica.example/ashao',
    port: 80,
    host: '0.0.0.0',
    dataDir: '/var/ashao',
    devnetPort: 1,
    embeddedPgPort: 65_535,
    prometheusPort: 9_464,
    logLevel: 'debug',
    economyFile: '/etc/economy.yaml',
    maxLagSeconds: 60,
    reconcileSeconds: 0,
    rateLimit: { perMinute: 120, sparesLoopback: false },
    trustProxy: ['10.0.0.0/8', '::1', 'uniquelocal'],
    embed: { publicUrl: 'https://example.org/ashao', framedBy: "'self' https://*.example.org:8443" },
    secrets: ['a-key'],
  })
  for (const part of [environment, environment.rpcUrls, environment.trustProxy, environment.secrets]) {
    expect(Object.isFrozen(part)).toBe(true)
  }
})

test('what is said of rates binds this machine too, and proxies may be counted', () => {
  expect(valid({ RATE_LIMIT: '0' }).rateLimit.perMinute).toBe(0)
  expect(valid({ RATE_LIMIT: '600' }).rateLimit).toEqual({ perMinute: 600, sparesLoopback: false })
  expect(valid({ TRUST_PROXY: '2' }).trustProxy).toBe(2)
  expect(valid({ TRUST_PROXY: '192.0.2.7' }).trustProxy).toEqual(['192.0.2.7'])
})

test('a variable that is empty or blank is unset', () => {
  const names = ['RPC_URL', 'DATABASE_URL', 'DATABASE_READ_URL', 'DB_URL', 'DB_HOST', 'GATEWAY_URL', 'PORT']
  names.push('GATEWAY_API_KEY', 'HOST', 'DATA_DIR', 'DEVNET_PORT', 'EMBEDDED_PG_PORT', 'LOG_LEVEL')
  names.push('ECONOMY_FILE', 'MAX_LAG_SECONDS', 'RECONCILE_SECONDS')
  names.push('VERIFICATION', 'QUORUM_PERCENT', 'HEAD_POLL_MS', 'RATE_LIMIT', 'TRUST_PROXY')
  names.push('PUBLIC_URL', 'EMBED_FRAME_ANCESTORS')
  for (const blank of ['', '  ']) {
    expect(valid(Object.fromEntries(names.map((name) => [name, blank])))).toEqual(DEFAULTS)
  }
})

describe('what is wrong is named by its variable', () => {
  test.each<[string, Variables, string, string]>([
    ['a word for a port', { PORT: 'http' }, 'PORT', '"http" is not a whole number from 1 to 65535'],
    ['port 0', { PORT: '0' }, 'PORT', '"0" is not a whole number from 1 to 65535'],
    [
      'a port too high',
      { DEVNET_PORT: '65536' },
      'DEVNET_PORT',
      '"65536" is not a whole number from 1 to 65535',
    ],
    ['a port in hexadecimal', { PORT: '0x50' }, 'PORT', '"0x50" is not a whole number from 1 to 65535'],
    [
      'a fraction',
      { EMBEDDED_PG_PORT: '5.5' },
      'EMBEDDED_PG_PORT',
      '"5.5" is not a whole number from 1 to 65535',
    ],
    [
      'no patience at all',
      { MAX_LAG_SECONDS: '0' },
      'MAX_LAG_SECONDS',
      '"0" is not a whole number from 1 to 10000000000',
    ],
    [
      'an interval by its unit',
      { RECONCILE_SECONDS: '10m' },
      'RECONCILE_SECONDS',
      '"10m" is not a whole number from 0 to 1000000',
    ],
    ['a level that does not exist', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', '"loud" is not a level'],
    ['a node by a file', { RPC_URL: 'file:///tmp/geth.ipc' }, 'RPC_URL[0]', 'has the scheme file://'],
    ['a node without a scheme', { RPC_URL: '//node' }, 'RPC_URL[0]', 'is not a URL'],
    ['a comma too many', { RPC_URL: 'http://a,,http://b' }, 'RPC_URL[1]', 'is not a URL'],
    ['another database', { DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL', 'has the scheme mysql://'],
    ['another database in parts', { DB_URL: 'mysql://db/x' }, 'DB_URL', 'has the scheme mysql://'],
    [
      'a gateway without a node',
      { GATEWAY_URL: 'https://v2.archive.subsquid.io/network/base-mainnet' },
      'GATEWAY_URL',
      'is set without RPC_URL',
    ],
    ['a way to verify', { VERIFICATION: 'always' }, 'VERIFICATION', '"always" is not a way to verify'],
    [
      'a quorum of one',
      { VERIFICATION: 'quorum', RPC_URL: 'https://a' },
      'VERIFICATION',
      'compares two nodes, but RPC_URL names 1',
    ],
    ['a share', { QUORUM_PERCENT: '0' }, 'QUORUM_PERCENT', '"0" is not a whole number from 1 to 100'],
    ['a poll', { HEAD_POLL_MS: '1' }, 'HEAD_POLL_MS', '"1" is not a whole number from 50 to 60000'],
    [
      'a replica of nothing',
      { DATABASE_READ_URL: 'postgres://replica/x' },
      'DATABASE_READ_URL',
      'is set without DATABASE_URL, but a replica needs a primary',
    ],
    [
      'a site with a query',
      { PUBLIC_URL: 'https://example.org/?a' },
      'PUBLIC_URL',
      'is not the address of a site',
    ],
    [
      'a site of another kind',
      { PUBLIC_URL: 'ftp://example.org' },
      'PUBLIC_URL',
      'is not the address of a site',
    ],
    [
      'a second directive among those who may frame',
      { EMBED_FRAME_ANCESTORS: '*; script-src *' },
      'EMBED_FRAME_ANCESTORS',
      'is no list of sites',
    ],
    ['a rate by its unit', { RATE_LIMIT: '10/s' }, 'RATE_LIMIT', 'is not a whole number from 0 to 1000000'],
    ['trust in everybody', { TRUST_PROXY: 'true' }, 'TRUST_PROXY', '"true" is no address of a proxy'],
    ['trust in a name', { TRUST_PROXY: '::1,proxy' }, 'TRUST_PROXY', '"proxy" is no address of a proxy'],
    ['too large a network', { TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY', '"10.0.0.0/33" is no address'],
    ['no proxy', { TRUST_PROXY: '0' }, 'TRUST_PROXY', '"0" is no address of a proxy'],
    ['a part that is not a port', { DB_HOST: 'db', DB_PORT: 'five' }, 'DB_PORT', ''],
    ['a part that is not a host', { DB_HOST: 'http://db' }, 'DB_HOST', ''],
  ])('%s', (_, variables, key, problem) => {
    const { problems } = read(variables)
    expect(problems.map((one) => one.key)).toEqual([key])
    expect(problems[0]?.problem).toContain(problem)
    expect(problems[0]?.mend).not.toBe('')
  })

  test('all of it at once', () => {
    const variables = {
      RPC_URL: 'x,ftp://y',
      DATABASE_URL: 'z',
      PORT: 'a',
      LOG_LEVEL: 'b',
      GATEWAY_URL: 'c',
    }
    const keys = read(variables).problems.map(({ key }) => key)
    const expected = ['DATABASE_URL', 'GATEWAY_URL', 'LOG_LEVEL', 'PORT', 'RPC_URL[0]', 'RPC_URL[1]']
    expect(keys.sort()).toEqual(expected)
  })

  test('a URL is never repeated, whatever is wrong with it', () => {
    const secret = 'sEcReT-kEy'
    const spellings = [
      `https//node.example/${secret}`,
      `ftp://me:${secret}@x/${secret}`,
      `file:///${secret}`,
      secret,
    ]
    for (const text of spellings) {
      for (const key of ['RPC_URL', 'DATABASE_URL', 'DATABASE_READ_URL', 'DB_URL', 'GATEWAY_URL']) {
        const { problems } = read({ [key]: text })
        expect(problems.length).toBeGreaterThan(0)
        expect(JSON.stringify(problems)).not.toContain(secret)
      }
    }
  })
})

describe('the database, as SQD Cloud names it', () => {
  test('DB_URL stands in for DATABASE_URL, which goes first', () => {
    expect(valid({ DB_URL: 'postgres://cloud/x' }).databaseUrl).toBe('postgres://cloud/x')
    const both = valid({ DB_URL: 'postgres://cloud/x', DATABASE_URL: 'postgres://ours/x' })
    expect(both.databaseUrl).toBe('postgres://ours/x')
    expect(valid({ DB_URL: 'postgres://cloud/x', DB_HOST: 'parts' }).databaseUrl).toBe('postgres://cloud/x')
  })

  test('parts make a URL; what is read from is what is written to', () => {
    const environment = valid({
      DB_HOST: 'db',
      DB_PORT: '6432',
      DB_NAME: 'squid',
      DB_USER: 'u',
      DB_PASS: 'p',
    })
    expect(environment.databaseUrl).toBe('postgres://u:p@db:6432/squid')
    expect(environment.databaseReadUrl).toBe(environment.databaseUrl)
    expect(valid({ DB_HOST: 'db' }).databaseUrl).toBe('postgres://postgres@db:5432/postgres')
    expect(valid({ DB_HOST: 'db', DB_SSL: 'true' }).databaseUrl).toContain('?sslmode=require')
    expect(valid({ DB_HOST: 'db', DB_SSL: 'false' }).databaseUrl).not.toContain('sslmode')
    expect(valid({ DB_NAME: 'squid', DB_USER: 'u' }).databaseUrl).toBeUndefined()
  })

  // Two readers parse the URL: the client of PostgreSQL, and TypeORM, which the SDK writes through.
  test.each(['p@ss:w/o?r#d', 'a b"c', 'naïve€', '[x]{y}|\\^`', '50%', 'a%2Fb', '%%', "it's", '+&='])(
    'both readers of the URL get the user and password %j as they are',
    (text) => {
      const { databaseUrl = '', secrets } = valid({
        DB_HOST: 'db',
        DB_USER: text,
        DB_PASS: text,
        DB_NAME: 'squid',
      })
      const client = new Client({ connectionString: databaseUrl })
      expect([client.host, client.database, client.user, client.password]).toEqual([
        'db',
        'squid',
        text,
        text,
      ])
      const typeorm = DriverUtils.buildDriverOptions({ type: 'postgres', url: databaseUrl })
      expect(typeorm).toMatchObject({ host: 'db', database: 'squid', username: text, password: text })
      expect(secrets).toContain(text)
    },
  )

  test('a database may have a space in its name', () => {
    const { databaseUrl = '' } = valid({ DB_HOST: 'db', DB_NAME: 'my squid' })
    expect(new Client({ connectionString: databaseUrl }).database).toBe('my squid')
  })
})
