import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { DASHBOARD } from './dashboard-files'
import { type Markup, markup, NOTHING } from './embed/markup'
import { type PublicPlace, publicBase } from './embed/public-place'
import { shareTags } from './embed/widget-page'
import { WIDGETS } from './embed/widgets'
import type { Reply } from './reply'
import { pageRoute, type RestRequest, type Route } from './route'
import type { RestServices } from './services'

/** What is served beside the table: GraphQL has a schema of its own. */
const GRAPHQL = { path: '/graphql', example: '/graphql', summary: 'GraphQL' }

/** Pages to frame, which are not for programs. */
const WIDGET_LINKS = Object.entries(WIDGETS).map(([name, { title }]) => ({
  path: `/embed/${name}`,
  example: `/embed/${name}`,
  summary: `Widget: ${title}`,
}))

const TITLE = '$ASHAO economy'
const DESCRIPTION = 'Treasury, burns, supply and stakes: exact at every block, checked against the chain.'

/** Scripts, styles and answers from here alone; no frame around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page is shown whatever else a link to it carries, such as where the reader came from. */
const dashboardQuery = z.looseObject({
  window: z
    .enum(['h1', 'd1', 'd7', 'd30', 'd365', 'all'])
    .optional()
    .catch(undefined)
    .describe('Window of time that is shown at first.'),
})

const accountPath = z.strictObject({ address: z.string().describe('The account that is shown.') })

const ANSWERS = [{ status: 200, type: 'text/html', description: 'The page.', schema: z.string() }]

/** `GET /`: the dashboard. Who runs no scripts is told where things are. */
export const dashboardRoute = (routes: () => readonly Route[]): Route =>
  pageRoute({
    path: '/',
    operation: 'getDashboard',
    tag: 'service',
    summary: 'The dashboard',
    query: dashboardQuery,
    page: (services, _, request) => dashboardPage(services, request, placesOf(routes())),
    answers: ANSWERS,
  })

/** `GET /account/{address}`: the dashboard, open at an account. */
export const ACCOUNT_PAGE_ROUTE: Route = pageRoute({
  path: '/account/{address}',
  operation: 'getAccountPage',
  tag: 'service',
  summary: 'The dashboard, open at an account',
  example: `/account/0x${'0'.repeat(40)}`,
  params: accountPath,
  query: dashboardQuery,
  page: (services, _, request) => dashboardPage(services, request, NOTHING),
  answers: ANSWERS,
})

function dashboardPage({ embed }: RestServices, request: RestRequest, places: Markup): Reply {
  const base = publicBase(embed.publicUrl, request)
  const place: PublicPlace = { base, url: `${base}/` }
  const share = shareTags({ title: TITLE, description: DESCRIPTION, place })
  const body = template()
    .replace('<!-- share -->', () => share.html)
    .replace('<!-- places -->', () => places.html)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': POLICY,
    },
    body,
  }
}

let read: string | undefined

function template(): string {
  read ??= readFileSync(path.join(DASHBOARD, 'index.html'), 'utf8')
  return read
}

function placesOf(routes: readonly Route[]): Markup {
  const linked = [GRAPHQL, ...routes.filter(({ path }) => path !== '/'), ...WIDGET_LINKS]
  const items = linked.map(({ path, example, summary }) =>
    isUsable(path, example)
      ? markup`<li><a href="${example}">${summary}</a> <code>${path}</code></li>`
      : markup`<li>${summary} <code>${path}</code></li>`,
  )
  return markup`<h1>${TITLE}</h1><p>${DESCRIPTION} The dashboard needs JavaScript; these do not:</p><ul>${items}</ul>`
}

/** An address or a host of the example is nobody's: such a path is shown, not linked. */
function isUsable(path: string, example: string): boolean {
  return !path.includes('{') && !/0x|%3A%2F%2F/.test(example)
}
