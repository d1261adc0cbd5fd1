import { z } from 'zod'
import { emptyQuery } from './as-of-query'
import { markup } from './embed/markup'
import { publicBase } from './embed/public-place'
import { shareTags } from './embed/widget-page'
import { WIDGETS } from './embed/widgets'
import type { Reply } from './reply'
import { pageRoute, type Route } from './route'

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

function getIndexPage(routes: readonly Route[], base: string): Reply {
  const linked = [GRAPHQL, ...routes.filter(({ path }) => path !== '/'), ...WIDGET_LINKS]
  const items = linked.map(({ path, example, summary }) =>
    isUsable(path, example)
      ? markup`<li><a href="${base}${example}">${summary}</a> <code>${path}</code></li>`
      : markup`<li>${summary} <code>${path}</code></li>`,
  )
  const page = markup`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${TITLE}</title>
${shareTags({ title: TITLE, description: DESCRIPTION, place: { base, url: `${base}/` } })}
<h1>${TITLE}</h1><p>${DESCRIPTION}</p><ul>${items}</ul></html>\n`
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
    body: page.html,
  }
}

/** An address or a host of the example is nobody's: such a path is shown, not linked. */
function isUsable(path: string, example: string): boolean {
  return !path.includes('{') && !/0x|%3A%2F%2F/.test(example)
}

/** `GET /`: where things are. */
export const indexRoute = (routes: () => readonly Route[]): Route =>
  pageRoute({
    path: '/',
    operation: 'getIndexPage',
    tag: 'service',
    summary: 'Where things are',
    query: emptyQuery,
    page: ({ embed }, _, request) => getIndexPage(routes(), publicBase(embed.publicUrl, request)),
    answers: [{ status: 200, type: 'text/html', description: 'The page.', schema: z.string() }],
  })
