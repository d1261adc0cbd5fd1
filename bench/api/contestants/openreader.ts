import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { npmCi } from '../../ingest/contestants/npm-ci'
import { PROJECT_DIRECTORY } from '../../ingest/contestants/places'
import { type Contestant, POOL_SIZE } from './contestant'

const peer = path.join(PROJECT_DIRECTORY, 'bench/api/peers/openreader')

/** The SDK's own GraphQL server, as it comes, over the same tables: it makes its API of `schema.graphql`. */
export const openreader: Contestant = {
  name: 'openreader',
  install: () => npmCi(peer),
  start({ databaseUrl, port, directory }) {
    copyFileSync(path.join(PROJECT_DIRECTORY, 'schema.graphql'), path.join(directory, 'schema.graphql'))
    return {
      command: process.execPath,
      args: [path.join(peer, 'node_modules/@subsquid/graphql-server/bin/run.js')],
      directory,
      environment: {
        DB_URL: databaseUrl,
        GQL_PORT: String(port),
        // Its own choice is 5.
        GQL_DB_CONNECTION_POOL_SIZE: String(POOL_SIZE),
      },
    }
  },
}
