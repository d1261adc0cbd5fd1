import path from 'node:path'
import { type EmbedSetting, embedOf } from './embed-setting'
import type { Problem } from './problems'
import { type RateLimitSetting, rateLimitOf, type TrustProxySetting, trustProxyOf } from './proxy-and-rate'
import { secretsOfUrl } from './redact'
import { VERIFICATION_MODES, type VerificationSetting } from './verification'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevelName = (typeof LOG_LEVELS)[number]

/** Secrets, places and sizes: what differs between two machines that index the same economy. */
export interface Environment {
  /** Nodes in order of preference; empty means the local chain. */
  readonly rpcUrls: readonly string[]
  /** The SQD Network's gateway, which history is read from first; undefined means nodes alone. */
  readonly gatewayUrl: string | undefined
  readonly gatewayApiKey: string | undefined
  /** How history is checked beyond what each answer says of itself. */
  readonly verification: VerificationSetting
  /** How often nodes are asked for their head, in milliseconds. */
  readonly headPollMs: number
  /** Undefined means the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** What the API reads from: a replica, or the same as `databaseUrl`. */
  readonly databaseReadUrl: string | undefined
  readonly port: number
  readonly host: string
  /** Absolute path. */
  readonly dataDir: string
  readonly devnetPort: number
  /** Undefined means a free port. */
  readonly embeddedPgPort: number | undefined
  /** Where the indexer serves the SDK's metrics; undefined means nowhere. */
  readonly prometheusPort: number | undefined
  readonly logLevel: LogLevelName
  /** Absolute path. */
  readonly economyFile: string
  /** Seconds behind the clock from which the head's figures are refused as stale. */
  readonly maxLagSeconds: number
  /** Seconds between two comparisons with the chain; 0 means only on demand. */
  readonly reconcileSeconds: number
  /** How many requests a client may make. */
  readonly rateLimit: RateLimitSetting
  /** Which proxies say truly for whom they ask; false means none. */
  readonly trustProxy: TrustProxySetting
  /** What others show of this service, and where. */
  readonly embed: EmbedSetting
  /** Every text that must never be printed. */
  readonly secrets: readonly string[]
}

type Variables = Readonly<Record<string, string | undefined>>

/** Parses the environment; what is wrong goes to `problems`, and the result is only good if there are none. */
export function parseEnvironment(variables: Variables, problems: Problem[]): Environment {
  const rpcUrls = urlList(variables, 'RPC_URL', ['http:', 'https:', 'ws:', 'wss:'], problems)
  const databaseUrl =
    url(variables, 'DATABASE_URL', ['postgres:', 'postgresql:'], problems) ??
    url(variables, 'DB_URL', ['postgres:', 'postgresql:'], problems) ??
    urlOfParts(variables, problems)
  const databaseReadUrl = url(variables, 'DATABASE_READ_URL', ['postgres:', 'postgresql:'], problems)
  const gatewayUrl = url(variables, 'GATEWAY_URL', ['http:', 'https:'], problems)
  const gatewayApiKey = value(variables, 'GATEWAY_API_KEY')
  if (gatewayUrl !== undefined && rpcUrls.length === 0) {
    problems.push({
      key: 'GATEWAY_URL',
      problem: 'is set without RPC_URL, but a gateway has neither the head of the chain nor the contracts',
      mend: 'set RPC_URL too, or unset it',
    })
  }
  if (databaseReadUrl !== undefined && databaseUrl === undefined) {
    problems.push({
      key: 'DATABASE_READ_URL',
      problem: 'is set without DATABASE_URL, but a replica needs a primary',
      mend: 'set DATABASE_URL too, or unset it',
    })
  }
  return Object.freeze({
    rpcUrls: Object.freeze(rpcUrls),
    gatewayUrl,
    gatewayApiKey,
    verification: verification(variables, rpcUrls.length, problems),
    headPollMs: integer(variables, 'HEAD_POLL_MS', 1_000, 50, 60_000, problems),
    databaseUrl,
    databaseReadUrl: databaseReadUrl ?? databaseUrl,
    port: integer(variables, 'PORT', 4350, 1, 65_535, problems),
    host: value(variables, 'HOST') ?? '127.0.0.1',
    dataDir: path.resolve(value(variables, 'DATA_DIR') ?? '.data'),
    devnetPort: integer(variables, 'DEVNET_PORT', 8545, 1, 65_535, problems),
    embeddedPgPort: optionalPort(variables, 'EMBEDDED_PG_PORT', problems),
    prometheusPort: optionalPort(variables, 'PROMETHEUS_PORT', problems),
    logLevel: logLevel(variables, problems),
    economyFile: path.resolve(value(variables, 'ECONOMY_FILE') ?? 'economy.yaml'),
    maxLagSeconds: integer(variables, 'MAX_LAG_SECONDS', 300, 1, 10_000_000_000, problems),
    reconcileSeconds: integer(variables, 'RECONCILE_SECONDS', 600, 0, 1_000_000, problems),
    rateLimit: rateLimitOf(
      value(variables, 'RATE_LIMIT') === undefined
        ? undefined
        : integer(variables, 'RATE_LIMIT', 0, 0, 1_000_000, problems),
    ),
    trustProxy: trustProxyOf(value(variables, 'TRUST_PROXY'), problems),
    embed: embedOf(value(variables, 'PUBLIC_URL'), value(variables, 'EMBED_FRAME_ANCESTORS'), problems),
    secrets: Object.freeze([
      ...rpcUrls.flatMap(secretsOfUrl),
      ...[gatewayUrl, databaseUrl, databaseReadUrl].flatMap((text) =>
        text === undefined ? [] : secretsOfUrl(text),
      ),
      ...[gatewayApiKey, value(variables, 'DB_PASS')].filter((secret) => secret !== undefined),
    ]),
  })
}

/** An empty variable counts as unset: that is what `FOO=` in a .env file means. */
function value(variables: Variables, key: string): string | undefined {
  const text = variables[key]?.trim()
  return text === '' ? undefined : text
}

function urlList(variables: Variables, key: string, protocols: string[], problems: Problem[]): string[] {
  const text = value(variables, key)
  if (text === undefined) return []
  const urls = text.split(',').map((part) => part.trim())
  for (const [index, part] of urls.entries()) checkUrl(`${key}[${index}]`, part, protocols, problems)
  return urls
}

function url(
  variables: Variables,
  key: string,
  protocols: string[],
  problems: Problem[],
): string | undefined {
  const text = value(variables, key)
  if (text !== undefined) checkUrl(key, text, protocols, problems)
  return text
}

/** The database as SQD Cloud hands it to a squid: in parts, each under a name of its own. */
function urlOfParts(variables: Variables, problems: Problem[]): string | undefined {
  const host = value(variables, 'DB_HOST')
  if (host === undefined) return undefined
  const port = integer(variables, 'DB_PORT', 5432, 1, 65_535, problems)
  if (!/^[\w.-]+$|^\[[\da-fA-F:.]+\]$/.test(host)) {
    problems.push({ key: 'DB_HOST', problem: 'is not a host name', mend: 'give the name or address alone' })
    return undefined
  }
  const encoded = (key: string, fallback: string): string =>
    encodeURIComponent(value(variables, key) ?? fallback)
  const password = value(variables, 'DB_PASS') === undefined ? '' : `:${encoded('DB_PASS', '')}`
  const credentials = `${encoded('DB_USER', 'postgres')}${password}`
  const query = value(variables, 'DB_SSL') === 'true' ? '?sslmode=require' : ''
  return `postgres://${credentials}@${host}:${port}/${encoded('DB_NAME', 'postgres')}${query}`
}

function checkUrl(key: string, text: string, protocols: string[], problems: Problem[]): void {
  const schemes = protocols.map((protocol) => `${protocol}//`).join(', ')
  // The value itself is never repeated: it may hold a key or a password.
  if (!URL.canParse(text)) {
    problems.push({ key, problem: 'is not a URL', mend: `give a URL that begins with one of ${schemes}` })
  } else if (!protocols.includes(new URL(text).protocol)) {
    const found = new URL(text).protocol
    problems.push({ key, problem: `has the scheme ${found}//`, mend: `use one of ${schemes}` })
  }
}

function integer(
  variables: Variables,
  key: string,
  fallback: number,
  least: number,
  most: number,
  problems: Problem[],
): number {
  const text = value(variables, key)
  if (text === undefined) return fallback
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most) {
    problems.push({
      key,
      problem: `"${text}" is not a whole number from ${least} to ${most}`,
      mend: 'correct it, or unset it for the default',
    })
    return fallback
  }
  return number
}

function optionalPort(variables: Variables, key: string, problems: Problem[]): number | undefined {
  if (value(variables, key) === undefined) return undefined
  return integer(variables, key, 0, 1, 65_535, problems)
}

function verification(variables: Variables, nodes: number, problems: Problem[]): VerificationSetting {
  const text = value(variables, 'VERIFICATION')?.toLowerCase() ?? 'none'
  const mode = VERIFICATION_MODES.find((name) => name === text)
  const percent = integer(variables, 'QUORUM_PERCENT', 10, 1, 100, problems)
  if (mode === undefined) {
    const mend = `use one of ${VERIFICATION_MODES.join(', ')}`
    problems.push({ key: 'VERIFICATION', problem: `"${text}" is not a way to verify`, mend })
  }
  if (mode !== 'quorum') return { mode: mode ?? 'none' }
  if (nodes < 2) {
    problems.push({
      key: 'VERIFICATION',
      problem: `compares two nodes, but RPC_URL names ${nodes}`,
      mend: 'name a second one in RPC_URL, of another provider, or use bloom or receipts',
    })
  }
  return { mode, share: percent / 100 }
}

function logLevel(variables: Variables, problems: Problem[]): LogLevelName {
  const text = value(variables, 'LOG_LEVEL')?.toLowerCase() ?? 'info'
  const level = LOG_LEVELS.find((name) => name === text)
  if (level === undefined) {
    problems.push({
      key: 'LOG_LEVEL',
      problem: `"${text}" is not a level`,
      mend: `use one of ${LOG_LEVELS.join(', ')}`,
    })
  }
  return level ?? 'info'
}
