/** The header that stands for the credentials in a URL, which neither undici nor a log may see. */
export function authorizationOf(url: URL): { authorization?: string } {
  if (url.username === '' && url.password === '') return {}
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}
