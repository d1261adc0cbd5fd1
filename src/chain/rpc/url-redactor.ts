import { redactor } from '../../config/redact'

/** Shorter parts of a path are words like `v3` and `mainnet`, which a message may well contain. */
const SHORTEST_KEY = 8

/** Strikes out what may be a key in these URLs, after what `further` strikes out: providers repeat them in errors. */
export function urlRedactor(
  urls: readonly string[],
  further: (text: string) => string = (text) => text,
): (text: string) => string {
  const redact = redactor(urls.flatMap(secretsOf))
  return (text) => redact(further(text))
}

function secretsOf(text: string): string[] {
  const url = new URL(text)
  const path = url.pathname === '/' ? [] : [`${url.pathname}${url.search}`]
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()]
  const keys = [...parts, ...parts.map(decode)].filter((part) => part.length >= SHORTEST_KEY)
  const credentials = [url.username, url.password].flatMap((part) => [part, decode(part)])
  return [text, ...path, ...keys, ...credentials].filter((part) => part.length > 2)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
