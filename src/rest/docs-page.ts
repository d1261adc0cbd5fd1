import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { choice, emptyQuery } from './as-of-query'
import { validated } from './caching'
import type { Reply } from './reply'
import { type Answer, pageRoute } from './route'

/** Starts the viewer; validatorUrl would send the document to a service of somebody else's. */
const INITIALIZER = `window.addEventListener('load', () => {
  SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#viewer',
    deepLinking: true,
    validatorUrl: null,
    tryItOutEnabled: true,
  })
})
`

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API of the $ASHAO economy</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<script src="/api/docs/swagger-ui-bundle.js" defer></script>
<script src="/api/docs/initializer.js" defer></script>
<div id="viewer"></div>
</html>
`

/** Nothing from elsewhere, nothing inline; the viewer's images are data within its style sheet. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Seconds that the viewer's files may be kept: an update changes them under the same names. */
const MAX_AGE = 3600

const distributed = (file: string) =>
  path.join(path.dirname(require.resolve('swagger-ui-dist/package.json')), file)

/** The files of the viewer, each with its media type; read when they are first asked for. */
const FILES = {
  'swagger-ui.css': { type: 'text/css', read: () => readFileSync(distributed('swagger-ui.css'), 'utf8') },
  'swagger-ui-bundle.js': {
    type: 'text/javascript',
    read: () => readFileSync(distributed('swagger-ui-bundle.js'), 'utf8'),
  },
  'initializer.js': { type: 'text/javascript', read: () => INITIALIZER },
} as const

type FileName = keyof typeof FILES
const FILE_NAMES = Object.keys(FILES) as [FileName, ...FileName[]]

const read = new Map<FileName, Reply>()

function fileReply(name: FileName): Reply {
  const known = read.get(name)
  if (known !== undefined) return known
  const { type, read: content } = FILES[name]
  const reply = { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body: content() }
  read.set(name, reply)
  return reply
}

export const DOCS_ROUTE = pageRoute({
  path: '/api/docs',
  operation: 'getDocsPage',
  tag: 'service',
  summary: 'This document as a page',
  description: 'Works without any other origin.',
  isConditional: true,
  query: emptyQuery,
  page: (_services, _query, { ifNoneMatch }) => {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
    return validated({ status: 200, headers, body: PAGE }, MAX_AGE, ifNoneMatch)
  },
  answers: [{ status: 200, type: 'text/html', description: 'The page.', schema: z.string() }],
})

const fileAnswer = (type: string): Answer => {
  return { status: 200, type, description: 'The file.', schema: z.string() }
}

export const DOCS_FILE_ROUTE = pageRoute({
  path: '/api/docs/{file}',
  operation: 'getDocsFile',
  tag: 'service',
  summary: 'Files of that page',
  example: '/api/docs/initializer.js',
  isConditional: true,
  params: z.strictObject({ file: choice(FILE_NAMES, 'Which file.') }),
  query: emptyQuery,
  page: (_services, _query, { ifNoneMatch, params }) =>
    validated(fileReply((params as { readonly file: FileName }).file), MAX_AGE, ifNoneMatch),
  answers: [fileAnswer('text/css'), fileAnswer('text/javascript')],
})
