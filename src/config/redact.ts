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
