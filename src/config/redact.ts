/** Replaces every secret in a text, longest first so that no tail of a longer one is left behind. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const ordered = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length)
  return (text) => ordered.reduce((result, secret) => result.replaceAll(secret, '***'), text)
}

/** A URL as it may be shown: scheme, host and port; anything that could hold a key is `***`. */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return '***'
  const url = new URL(text)
  const hidden = url.pathname !== '/' || url.search !== '' ? '/***' : ''
  return `${url.protocol}//${url.host}${url.protocol.startsWith('postgres') ? url.pathname : hidden}`
}

/** Anything shorter in a path or a query is a word or a number, not a key. */
const LEAST_KEY = 8

/** What in a URL may be a secret, in every spelling: as it is written, as URLs spell it, and as it is read. */
export function secretsOfUrl(text: string): string[] {
  if (!URL.canParse(text)) return []
  const parsed = new URL(text)
  const isDatabase = parsed.protocol.startsWith('postgres')
  const [, user = '', password = ''] = /^[^/]*\/\/([^/?#:@]*)(?::([^/?#]*))?@/.exec(text) ?? []
  const found = [password, parsed.password]
  if (!isDatabase) {
    // A path segment or a user name that is long enough to be a key is taken for one.
    const segments = [...parsed.pathname.split('/'), parsed.username, user]
    found.push(...segments.filter((segment) => segment.length >= LEAST_KEY))
  }
  const query = /\?([^#]*)/.exec(text)?.[1] ?? ''
  for (const pair of query.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const values = [rest.join('='), rest.join('=').replaceAll('+', ' '), parsed.searchParams.get(name) ?? '']
    // A setting such as `v=2` is none, and striking out every 2 would leave nothing to read.
    const isNamed = /pass|key|token|secret|auth|sig/i.test(name)
    found.push(...values.filter((text) => isNamed || (!isDatabase && text.length >= LEAST_KEY)))
  }
  return found.filter((secret) => secret !== '').flatMap((secret) => [secret, safeDecode(secret)])
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
