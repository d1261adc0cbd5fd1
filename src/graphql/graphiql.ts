import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { ASSETS, graphiqlPage, PAGE_POLICY, PAGE_SCRIPT, PAGE_STYLE } from './graphiql-page'

/** The files that GraphiQL consists of, each beside its package's manifest, in the order in which they are loaded. */
function bundled(): readonly { readonly manifest: string; readonly file: string }[] {
  const require = createRequire(__filename)
  return [
    { manifest: require.resolve('graphiql/package.json'), file: 'graphiql.min.css' },
    { manifest: require.resolve('react/package.json'), file: 'umd/react.production.min.js' },
    { manifest: require.resolve('react-dom/package.json'), file: 'umd/react-dom.production.min.js' },
    { manifest: require.resolve('graphiql/package.json'), file: 'graphiql.min.js' },
  ]
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** Serves the files of GraphiQL, and no others. Their names change with their content, so that they are cached for ever. */
export function graphiqlRoutes(app: FastifyInstance): void {
  for (const [name, content] of assets()) {
    app.get(`${ASSETS}/${name}`, (_request, response) =>
      response
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(TYPES[extname(name)] ?? 'application/octet-stream')
        .send(content),
    )
  }
}

/** Answers with the page. */
export function sendGraphiql(response: FastifyReply): FastifyReply {
  const names = [...assets().keys()]
  const withExtension = (extension: string) => names.filter((name) => extname(name) === extension)
  return response
    .header('cache-control', 'public, max-age=300')
    .header('content-security-policy', PAGE_POLICY)
    .header('vary', 'accept')
    .type('text/html; charset=utf-8')
    .send(graphiqlPage({ styles: withExtension('.css'), scripts: withExtension('.js') }))
}

let read: ReadonlyMap<string, Buffer> | undefined

/** Name and content of each file; read once, when the first server of the process starts. */
function assets(): ReadonlyMap<string, Buffer> {
  read ??= new Map(
    [
      ...bundled().map(({ manifest, file }) => [file, readFileSync(join(dirname(manifest), file))] as const),
      ['page.css', Buffer.from(PAGE_STYLE)] as const,
      ['page.js', Buffer.from(PAGE_SCRIPT)] as const,
    ].map(([file, content]) => [nameOf(file, content), content]),
  )
  return read
}

/** `umd/react.production.min.js` is `react.production.min.<digest>.js`. */
function nameOf(file: string, content: Buffer): string {
  const extension = extname(file)
  const stem = file.slice(file.lastIndexOf('/') + 1, -extension.length)
  return `${stem}.${createHash('sha256').update(content).digest('hex').slice(0, 16)}${extension}`
}
