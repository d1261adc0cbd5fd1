import { isIP } from 'node:net'
import type { Problem } from './problems'

/** How many requests a client may make. */
export interface RateLimitSetting {
  /** Requests of one client address in a minute; 0 means any number. */
  readonly perMinute: number
  /** Whether who asks from this very machine may ask as often as it likes. */
  readonly sparesLoopback: boolean
}

/** Requests in a minute where nobody says how many: ten in a second, kept up. */
const DEFAULT_PER_MINUTE = 600

/** @param perMinute what is set; undefined means the default, which binds other machines alone */
export function rateLimitOf(perMinute: number | undefined): RateLimitSetting {
  return { perMinute: perMinute ?? DEFAULT_PER_MINUTE, sparesLoopback: perMinute === undefined }
}

/** Addresses and networks of proxies, or how many stand before this server; false means that there is none. */
export type TrustProxySetting = false | number | readonly string[]

const NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** A proxy that is trusted without being one lets every client name itself: so none is by default, and never all are. */
export function trustProxyOf(text: string | undefined, problems: Problem[]): TrustProxySetting {
  if (text === undefined) return false
  if (/^[1-9]$/.test(text)) return Number(text)
  const places = text.split(',').map((place) => place.trim())
  const wrong = places.filter((place) => !NETWORKS.includes(place) && !isNetwork(place))
  if (wrong.length === 0) return Object.freeze(places)
  problems.push({
    key: 'TRUST_PROXY',
    problem: `${wrong.map((place) => `"${place}"`).join(', ')} is no address of a proxy`,
    mend: `list addresses, networks such as 10.0.0.0/8, or ${NETWORKS.join(', ')}; or give the number of proxies, 1 to 9`,
  })
  return false
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...others] = text.split('/')
  const version = isIP(address)
  if (version === 0 || others.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
