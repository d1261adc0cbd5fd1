import fc from 'fast-check'
import { BOUGHT, FIRST, GREW, HEAD, RECONCILIATIONS, STAKED, STAKER } from '../support/lived-economy'
import { ECONOMY, hashOf, START, timeOf } from '../support/small-economy'
import type { OpenApi, Parameter } from './documented'

/** A request that somebody might send, well-meant or not. */
export interface MadeRequest {
  /** As the document spells it. */
  readonly path: string
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly url: string
  readonly ifNoneMatch: string | undefined
  /** Whether the newest block is too old when it comes. */
  readonly isStale: boolean
}

const times = [FIRST, STAKED, BOUGHT, GREW, HEAD].map(timeOf)
const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString()
const days = [...times, START - 86_400 * 400, START + 86_400 * 400].map((time) => isoOf(time).slice(0, 10))

/** What a parameter can mean that the document describes in words. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  block: [FIRST, STAKED, BOUGHT, GREW, HEAD, FIRST - 1, HEAD + 1]
    .map(String)
    .concat(hashOf(GREW), hashOf(STAKED + 1)),
  at: times.flatMap((time) => [isoOf(time), String(time)]),
  from: times.flatMap((time) => [isoOf(time), String(time), `${time}000`]),
  to: times.flatMap((time) => [isoOf(time), String(time), `${time}000`]),
  module: ['stats', 'account'],
  action: ['tokensupply', 'tokenCsupply', 'ethsupply'],
  contractaddress: [ECONOMY.contracts.token.address, ECONOMY.contracts.stable.address],
  chainid: [String(ECONOMY.chain.id), '1'],
  first: ['1', '2', '100', '101', '0'],
  after: [...RECONCILIATIONS, `${STAKED}-0`],
  account: [STAKER, ECONOMY.contracts.token.address],
  fromBlock: [FIRST, STAKED].map(String),
  toBlock: [STAKED, BOUGHT, HEAD + 1].map(String),
  address: [STAKER, ECONOMY.contracts.token.address],
  url: [
    'http://localhost/embed/burn',
    'http://localhost/embed/supply?days=30',
    'http://elsewhere.example/embed/burn',
  ],
  maxwidth: ['320', '1000'],
  maxheight: ['100', '600'],
  format: ['json', 'json', 'xml'],
  dnt: ['1'],
}

const HOSTILE = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    '0x',
    'NaN',
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '*',
    '__proto__',
    'constructor',
  ],
  ...[
    "' or 1=1 --",
    '"; drop table snapshot; --',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '..%2f..%2f',
  ],
  ...['\u0000', '٣', '𝟙', '\u202e', '1'.repeat(11), '9'.repeat(400), '2023-02-30', '2023-11-14T25:00:00Z'],
  ...[
    `0x${'f'.repeat(64)}`,
    `0x${'F'.repeat(40)}`,
    `0x${'0'.repeat(40)}`,
    '99999999999999',
    '0000-00-00',
    '9999-12-31',
  ],
]

const hostile = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }))
  .map(encodeURIComponent)
/** What is no valid encoding at all. */
const malformed = fc.constantFrom('%', '%zz', '%E0%A4%A', '%00', 'a+b', '%C0%AE')

function valueFor({ name, schema }: Parameter): fc.Arbitrary<string> {
  const named = schema.pattern === '^\\d{4}-\\d{2}-\\d{2}$' ? days : MEANT[name]
  const meant = schema.enum ?? named
  const right = meant === undefined ? hostile : fc.constantFrom(...meant).map(encodeURIComponent)
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 2, arbitrary: hostile },
    { weight: 1, arbitrary: malformed },
  )
}

/** A parameter of the query: mostly absent, sometimes repeated. */
function queryPart(parameter: Parameter): fc.Arbitrary<string[]> {
  const sent = fc.tuple(fc.constant(parameter.name), valueFor(parameter)).map((pair) => pair.join('='))
  return fc.oneof(
    { weight: parameter.required === true ? 1 : 12, arbitrary: fc.constant<string[]>([]) },
    { weight: 6, arbitrary: sent.map((part) => [part]) },
    { weight: 1, arbitrary: fc.array(sent, { minLength: 2, maxLength: 3 }) },
  )
}

/** A parameter that nobody described: the more often, the less else there is to get wrong. */
function unknownPart(described: number): fc.Arbitrary<string[]> {
  return fc.oneof(
    { weight: described === 0 ? 2 : 12, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.tuple(hostile, hostile).map((pair) => [pair.join('=')]) },
  )
}

const method = fc.oneof(
  { weight: 30, arbitrary: fc.constant('GET' as const) },
  { weight: 2, arbitrary: fc.constant('HEAD' as const) },
  { weight: 1, arbitrary: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
)

/** Requests to every path of a document, half of them right. */
export function madeRequests({ paths }: OpenApi): fc.Arbitrary<MadeRequest> {
  return fc.constantFrom(...Object.entries(paths)).chain(([path, { get }]) => {
    const inPlace = (place: Parameter['in']) => get.parameters.filter((parameter) => parameter.in === place)
    const filled = fc.tuple(...inPlace('path').map(valueFor)).map((values) => {
      const left = [...values]
      return path.replaceAll(/\{\w+\}/g, () => left.shift() ?? '')
    })
    const described = inPlace('query')
    const query = fc
      .tuple(...described.map(queryPart), unknownPart(described.length))
      .map((parts) => parts.flat())
      .map((parts) => (parts.length === 0 ? '' : `?${parts.join('&')}`))
    return fc.record({
      path: fc.constant(path),
      method,
      url: fc.tuple(filled, query).map(([place, asked]) => `${place}${asked}`),
      ifNoneMatch: fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('*', '"x"', 'W/"', ',,,', '\t') },
      ),
      isStale: fc.oneof(
        { weight: 9, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    })
  })
}
