import path from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** What `npm run build` makes of `src/dashboard`; beside src and lib alike. */
export const DASHBOARD = path.resolve(__dirname, '../../lib/dashboard')

/** The same in the addresses within the page (src/dashboard/vite.config.mts). */
const PREFIX = '/dashboard/'

/** Serves what the dashboard loads. A file's name changes with its content, so that it is kept for ever. */
export async function dashboardFiles(app: FastifyInstance): Promise<void> {
  await app.register(files, {
    root: DASHBOARD,
    prefix: PREFIX,
    index: false,
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    // Only what was built is there to be asked for; the page itself is not one of the files.
    wildcard: false,
    globIgnore: ['**/index.html*'],
  })
}
