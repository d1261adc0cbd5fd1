import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { RateLimitSetting } from '../config/proxy-and-rate'
import { TooManyRequests } from './errors'

/** Clients that are counted at a time; who is forgotten begins anew. */
const MOST_CLIENTS = 50_000

/**
 * Limits how often a client may ask, over all paths together; those of an IPv6 network of 64 bits count as one, for that is
 * what one customer has. Comes before the routes that it is to hold for.
 */
export async function limitRate(app: FastifyInstance, limit: RateLimitSetting): Promise<void> {
  if (limit.perMinute === 0) return
  await app.register(rateLimit, {
    max: limit.perMinute,
    timeWindow: 60_000,
    cache: MOST_CLIENTS,
    ipv6Subnet: 64,
    enableDraftSpec: true,
    allowList: (_request, address) => limit.sparesLoopback && isLoopback(address),
    errorResponseBuilder: (_request, { max, ttl }) =>
      new TooManyRequests({ limitPerMinute: max, retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
}

/** @param address as the limit counts it: ::1 is its network of 64 bits, and 127.0.0.1 is never written as IPv6 */
function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::' || address === '::1'
}
