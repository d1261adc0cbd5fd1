import type { Reply } from './reply'

const LINKS = [
  ['/graphql', 'GraphQL'],
  ['/api/treasury', 'treasury'],
  ['/api/supply', 'supply'],
  ['/api/staking', 'staking'],
  ['/api/buyback', 'buyback'],
  ['/api/price', 'price'],
  ['/api/usage', 'usage, an estimate'],
  ['/api/policy', 'the rule that splits revenue, against what was done'],
  ['/api/windows', 'windows of time: flows, rates, yield, projections'],
  ['/api/series?interval=day', 'series by hour, day, week or month'],
  ['/api/invariants', 'invariants'],
  ['/api/reconciliation', 'reconciliations with the chain'],
  ['/api/figures', 'what every figure is'],
  ['/status', 'status'],
  ['/metrics', 'metrics for Prometheus'],
]

/** Paths that need something filled in. */
const PATTERNS = [['/api/accounts/{address}', 'one account']]

/** `GET /`: where things are. */
export function getIndexPage(): Reply {
  const links = LINKS.map(([path, name]) => `<li><a href="${path}">${name}</a> <code>${path}</code></li>`)
  const patterns = PATTERNS.map(([path, name]) => `<li>${name} <code>${path}</code></li>`)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>$ASHAO economy</title>
<h1>$ASHAO economy</h1><ul>${[...links, ...patterns].join('')}</ul></html>\n`,
  }
}
