import { HostInvalid } from '../errors'

/** Where others reach a page: what has to be written out in full, since it is read outside the page. */
export interface PublicPlace {
  /** Address of the service, without a slash at the end. */
  readonly base: string
  /** Address of the page itself. */
  readonly url: string
}

/** The parts of a request that say where it went. */
export interface Asked {
  readonly protocol: string
  /** The Host header, or what a trusted proxy says that it was. */
  readonly host: string
}

const HOST = /^(?:[\w-]{1,63}(?:\.[\w-]{1,63})*|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i

/**
 * The address of the service: the configured one, else the one that the request names. The header is the client's own
 * word, so nothing but a plain host may stand in it.
 * @throws HostInvalid (E5082)
 */
export function publicBase(publicUrl: string | undefined, { protocol, host }: Asked): string {
  if (publicUrl !== undefined) return publicUrl
  const base = `${protocol}://${host}`
  if (host.length > 259 || !HOST.test(host) || !URL.canParse(base)) throw new HostInvalid({ host })
  return base
}
