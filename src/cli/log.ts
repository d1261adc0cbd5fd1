import {
  createLogger,
  type Logger,
  LogLevel,
  type LogRecord,
  setLogLevelCallback,
  setRootSink,
} from '@subsquid/logger'
import { jsonLinesStderrSink } from '@subsquid/logger/lib/sinks/json'
import type { Environment } from '../config/environment'
import { redactor } from '../config/redact'

/**
 * Sets up the one log of this process, ours and the SDK's: JSON lines on stderr, at the configured level, with
 * every secret struck out, wherever in a record it stands.
 */
export function openLog(name: string, environment: Pick<Environment, 'logLevel' | 'secrets'>): Logger {
  const level = LogLevel[environment.logLevel.toUpperCase() as keyof typeof LogLevel]
  setLogLevelCallback(() => level)
  const redact = redactor(environment.secrets)
  setRootSink((record) => jsonLinesStderrSink(redactRecord(record, redact)))
  return createLogger(`ashao:${name}`)
}

type Redact = (text: string) => string

/** Strikes out secrets in every text of a record. Errors are flattened: their stack is text too. */
export function redactRecord(record: LogRecord, redact: Redact): LogRecord {
  return redactValue(record, redact, new WeakSet()) as LogRecord
}

function redactValue(value: unknown, redact: Redact, seen: WeakSet<object>): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return value.toString()
  // A function is no fact, and one named toJSON would write what it likes.
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof URL) return redact(value.href)
  if (value instanceof Map || value instanceof Set) return redactValue([...value], redact, seen)
  if (seen.has(value)) return '[circular]'
  seen.add(value)
  const result = Array.isArray(value)
    ? value.map((item) => redactValue(item, redact, seen))
    : Object.fromEntries(
        Object.entries(value instanceof Error ? errorFields(value) : value).map(([key, item]) => [
          redact(key),
          redactValue(item, redact, seen),
        ]),
      )
  seen.delete(value)
  return result
}

function errorFields(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error
  const errors = error instanceof AggregateError ? { errors: error.errors } : {}
  return { ...error, ...errors, name, message, ...(stack ? { stack } : {}), ...(cause ? { cause } : {}) }
}
