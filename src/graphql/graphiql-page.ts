/** Where the page's files are served. */
export const ASSETS = '/graphql/assets'

/** Nothing from elsewhere, nothing inline but the styles by which dialogs hold the page still; and no frame around it. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The names under `ASSETS` of what the page loads. */
export interface PageFiles {
  readonly styles: readonly string[]
  readonly scripts: readonly string[]
}

/** GraphiQL as a page. */
export function graphiqlPage({ styles, scripts }: PageFiles): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$ASHAO · GraphiQL</title>
<link rel="icon" href="data:,">
${styles.map((name) => `<link rel="stylesheet" href="${ASSETS}/${name}">`).join('\n')}
</head>
<body>
<div id="graphiql">GraphiQL needs JavaScript. The API does not: POST to this address, or GET with ?query=.</div>
${scripts.map((name) => `<script src="${ASSETS}/${name}" defer></script>`).join('\n')}
</body>
</html>
`
}

/** Fills the window. */
export const PAGE_STYLE = 'html, body, #graphiql { height: 100%; margin: 0; }\n'

/** Starts GraphiQL with what the address names; subscriptions go over WebSocket to where the page is from. */
export const PAGE_SCRIPT = `'use strict'
const parameters = new URLSearchParams(location.search)
const socket = new URL('/graphql', location.href)
socket.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
const fetcher = GraphiQL.createFetcher({ url: '/graphql', subscriptionUrl: socket.href })
const EXAMPLE = \`# True at the block in asOf.
{
  treasury {
    balance { decimal symbol }
    asOf { block timestamp finalized lagSeconds }
  }
}
\`
const given = (name) => parameters.get(name) ?? undefined
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    query: given('query'),
    variables: given('variables'),
    operationName: given('operationName'),
    defaultQuery: EXAMPLE,
    defaultEditorToolsVisibility: true,
  }),
)
`
