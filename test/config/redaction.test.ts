import { LogLevel, type LogRecord } from '@subsquid/logger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NodeUnreachable } from '../../src/chain/errors'
import { exitCodeOf, reportOf } from '../../src/cli/exit'
import { redactRecord } from '../../src/cli/log'
import { parseEnvironment } from '../../src/config/environment'
import { redactor, redactUrl } from '../../src/config/redact'
import { DatabaseUnreachable } from '../../src/store/errors'

function redactorFor(variables: Readonly<Record<string, string>>): (text: string) => string {
  return redactor(parseEnvironment(variables, []).secrets)
}

const KEY = 'aLcHeMy-0123456789abcdef'

const RPC_URLS: [place: string, url: string, secret: string][] = [
  ['a path, as Alchemy has it', `https://base-mainnet.g.alchemy.com/v2/${KEY}`, KEY],
  ['a path, as Infura has it', `wss://mainnet.infura.io/ws/v3/${KEY}`, KEY],
  ['a path of its own', `https://${'rpc.example'}/${KEY}/`, KEY],
  ['a query', `https://lb.example/?network=base&dkey=${KEY}`, KEY],
  ['basic authentication', `https://operator:${KEY}@node.example/`, KEY],
  ['the name of basic authentication', `https://${KEY}@node.example/`, KEY],
  [
    'a query in Base64, escaped',
    'https://node.example/?key=c2VjcmV0%2Bbytes%2Fx%3D%3D',
    'c2VjcmV0%2Bbytes%2Fx%3D%3D',
  ],
  ['a query in Base64, read', 'https://node.example/?key=c2VjcmV0%2Bbytes%2Fx%3D%3D', 'c2VjcmV0+bytes/x=='],
  ['a query with a plus sign', 'https://node.example/?key=c2VjcmV0+bytes', 'c2VjcmV0+bytes'],
  ['a path that is escaped', 'https://node.example/s%C3%A9cret-key', 's%C3%A9cret-key'],
]

describe('the secret of an RPC URL', () => {
  test.each(RPC_URLS)('in %s', (_, url, secret) => {
    const redact = redactorFor({ RPC_URL: `http://127.0.0.1:8545,${url}` })
    for (const text of [url, `request to ${url} failed`, `key ${secret}!`])
      expect(redact(text)).not.toContain(secret)
    expect(redactUrl(url)).not.toContain(secret)
  })

  test('is not every short setting: what is left has to be readable', () => {
    const redact = redactorFor({ RPC_URL: 'http://127.0.0.1:8545/?v=2&debug=1&key=k1' })
    expect(redact('block 12 of 127.0.0.1, v=2')).toBe('block 12 of 127.0.0.1, v=2')
    expect(redact('key=k1')).toBe('key=***')
  })

  test('leaves the host, by which an operator knows the node', () => {
    expect(redactUrl(`https://operator:${KEY}@node.example:8545/v2/${KEY}?key=${KEY}`)).toBe(
      'https://node.example:8545/***',
    )
    expect(redactUrl('http://127.0.0.1:8545')).toBe('http://127.0.0.1:8545')
    expect(redactUrl(`postgres://user:${KEY}@db:5432/ashao?password=${KEY}`)).toBe('postgres://db:5432/ashao')
    expect(redactUrl(KEY)).toBe('***')
  })
})

describe('a database password', () => {
  test.each([
    ['plain', 'postgres://u:hunter2@db/x', 'hunter2'],
    ['escaped, as it stands', 'postgres://u:p%40ss%3Aword@db/x', 'p%40ss%3Aword'],
    ['escaped, as it is read', 'postgres://u:p%40ss%3Aword@db/x', 'p@ss:word'],
    ['with a sign that needs no escape, as it stands', 'postgres://u:pass^word"@db/x', 'pass^word"'],
    ['that is no escape', 'postgres://u:fifty%-off@db/x', 'fifty%-off'],
    ['in the query, where libpq allows it', 'postgres://u@db/x?password=hunter22', 'hunter22'],
  ])('%s', (_, url, secret) => {
    for (const variables of [{ DATABASE_URL: url }, { DATABASE_READ_URL: url }, { DB_URL: url }]) {
      const redact = redactorFor(variables)
      for (const text of [secret, `{"url":"${url}"}`]) expect(redact(text)).not.toContain(secret)
    }
    expect(redactUrl(url)).not.toContain(secret)
  })
})

// A star is what stands in for a secret.
const secretText = fc
  .string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' })
  .filter((text) => text.trim() === text && !text.includes('*'))
const around = fc.string({ maxLength: 10 })

describe('whatever the secret, what is printed does not contain it', () => {
  test('GATEWAY_API_KEY and DB_PASS, as they are given', () => {
    fc.assert(
      fc.property(secretText, around, around, (secret, before, after) => {
        for (const variables of [{ GATEWAY_API_KEY: secret }, { DB_HOST: 'db', DB_PASS: secret }]) {
          expect(redactorFor(variables)(before + secret + after)).not.toContain(secret)
        }
      }),
    )
  })

  test('keys in a path, a query and the credentials, as the URL spells them and as they are read', () => {
    fc.assert(
      fc.property(secretText, around, (secret, before) => {
        const spelt = encodeURIComponent(secret)
        const places = [`https://x/v2/${spelt}`, `https://x/?key=${spelt}`, `https://u:${spelt}@x/`]
        for (const url of places) {
          const redact = redactorFor({ RPC_URL: url })
          for (const text of [secret, spelt]) expect(redact(before + text)).not.toContain(text)
          expect(redact(url)).not.toContain(spelt)
          expect(redactUrl(url)).not.toContain(spelt)
        }
      }),
    )
  })

  test('many at once', () => {
    fc.assert(
      fc.property(fc.array(secretText, { minLength: 1, maxLength: 4 }), (secrets) => {
        const printed = redactor(secrets)(secrets.join(' ') + secrets.join(''))
        for (const secret of secrets) expect(printed).not.toContain(secret)
      }),
    )
  })

  test('one that begins another leaves no tail of it', () => {
    fc.assert(
      fc.property(secretText, fc.integer({ min: 1, max: 7 }), (secret, length) => {
        expect(redactor([secret.slice(0, length), secret])(secret)).toBe('***')
      }),
    )
  })
})

/** A record that holds `secret` everywhere that text can stand. */
function recordWith(secret: string): LogRecord {
  const cause = Object.assign(new Error(`cause ${secret}`), {
    config: { headers: { authorization: secret } },
  })
  const err = Object.assign(new Error(`failed: ${secret}`, { cause }), { url: `https://x/${secret}` })
  const circular: Record<string, unknown> = { secret }
  circular.self = circular
  const attributes = {
    url: new URL(`https://x/${secret}`),
    nested: { list: [secret, [{ deep: secret }]], [secret]: 'as a key' },
    map: new Map([[secret, secret]]),
    set: new Set([secret]),
    bytes: Buffer.from(secret),
    errors: new AggregateError([new Error(secret)], secret),
    circular,
    when: new Date(0),
    amount: 10n,
    missing: null,
  }
  return { time: 0, level: LogLevel.ERROR, ns: `ashao:${secret}`, msg: `said ${secret}`, err, ...attributes }
}

describe('a log record', () => {
  const redact = redactor([KEY])

  test('keeps its shape and loses the secret, wherever it stands', () => {
    const printed = redactRecord(recordWith(KEY), redact) as unknown as Record<string, unknown>
    expect(JSON.stringify(printed)).not.toContain(KEY)
    expect(printed).toMatchObject({
      time: 0,
      ns: 'ashao:***',
      msg: 'said ***',
      err: { name: 'Error', message: 'failed: ***', url: 'https://x/***', cause: { message: 'cause ***' } },
      nested: { list: ['***', [{ deep: '***' }]], '***': 'as a key' },
      circular: { secret: '***', self: '[circular]' },
      when: new Date(0),
      amount: '10',
      missing: null,
    })
  })

  test('takes no text from an object that writes itself', () => {
    const attributes = { config: { toJSON: () => ({ url: KEY }) } }
    const record = { time: 0, level: LogLevel.INFO, ns: 'ashao', ...attributes }
    expect(JSON.stringify(redactRecord(record, redact))).not.toContain(KEY)
  })

  test('keeps the stack of an error and of its cause', () => {
    const { err } = redactRecord(recordWith(KEY), redact) as unknown as { err: Record<string, unknown> }
    expect(err.stack).toContain('redaction.test')
    expect((err.cause as { stack: string }).stack).toContain('redaction.test')
  })

  test('leaves the record itself as it was', () => {
    const record = recordWith(KEY)
    redactRecord(record, redact)
    expect(record.msg).toContain(KEY)
    expect(record.err?.message).toContain(KEY)
  })
})

describe('the report of an error', () => {
  const redact = redactor([KEY])
  const node = new NodeUnreachable({ url: `https://x/${KEY}`, reason: `no route to ${KEY}` })
  const database = new DatabaseUnreachable({ database: 'postgres://db', reason: KEY })

  test('of ours is one paragraph: code, what, mend; of any other its stack; never a secret', () => {
    expect(reportOf(node, redact)).toBe(
      'E3002: The node at https://x/*** does not answer: no route to ***. Check RPC_URL and that the node is up.',
    )
    for (const error of [node, database, new Error(KEY), new TypeError('x', { cause: KEY }), KEY, { KEY }]) {
      expect(reportOf(error, redact)).not.toContain(KEY)
    }
    expect(reportOf(new Error('broke'), redact)).toMatch(/^Error: broke\n {4}at /)
  })

  test('comes with an exit code that says whether starting again may help', () => {
    expect([node, database, new Error('x')].map(exitCodeOf)).toEqual([75, 75, 1])
  })
})
