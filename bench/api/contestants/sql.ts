import path from 'node:path'
import { type Contestant, POOL_SIZE } from './contestant'

/** The least that an HTTP server over the database can do: `floor/main.ts`. */
export const sql: Contestant = {
  name: 'sql',
  install: () => [],
  start: ({ databaseUrl, port, directory }) => ({
    command: process.execPath,
    args: [path.join(__dirname, '../floor/main.js')],
    directory,
    environment: { DATABASE_URL: databaseUrl, PORT: String(port), POOL_SIZE: String(POOL_SIZE) },
  }),
}
