import type { Reply } from './reply'

const LINKS = [
  ['/graphql', 'GraphQL'],
  ['/api/treasury', 'treasury'],
  ['/api/supply', 'supply'],
  ['/status', 'status'],
]

/** `GET /`: where things are. */
export function getIndexPage(): Reply {
  const items = LINKS.map(([path, name]) => `<li><a href="${path}">${name}</a> <code>${path}</code></li>`)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>$ASHAO economy</title>
<h1>$ASHAO economy</h1><ul>${items.join('')}</ul></html>\n`,
  }
}
