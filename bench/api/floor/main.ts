import { createServer } from 'node:http'
import { Pool } from 'pg'
import { STATEMENTS, type StatementName } from './statements'

/** `GET /{statement}?p=…&p=…` runs one statement with these parameters, and answers with its rows. Nothing else. */
const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.POOL_SIZE),
})

createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const statement = STATEMENTS[path.slice(1) as StatementName]
  pool.query(statement, new URLSearchParams(query).getAll('p')).then(
    ({ rows }) => response.setHeader('content-type', 'application/json').end(JSON.stringify(rows)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
}).listen(Number(process.env.PORT), '127.0.0.1')
