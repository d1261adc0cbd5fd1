import { z } from 'zod'
import type { DataFormat } from '../manifest'
import { DOWNLOADS, type Download } from './downloads'

type Json = Readonly<Record<string, unknown>>

const TAG = { name: 'exports', description: 'Files of final history, the same bytes for ever.' }

/**
 * Downloads in an OpenAPI 3.1 document, made of the schemas that check their requests. They refer to what that document
 * has among its components: the schema Problem, and the headers that all answers about a block have.
 */
export function exportPaths(): { readonly tags: readonly Json[]; readonly paths: Json } {
  const paths = DOWNLOADS.map((download) => [download.path, { get: operation(download) }])
  return { tags: [TAG], paths: Object.fromEntries(paths) }
}

function operation(download: Download): Json {
  const { dataset, format, description, query, isDeterministic } = download
  return {
    operationId: `download${[...dataset.split('_'), format].map(capitalised).join('')}`,
    tags: [TAG.name],
    summary: `${capitalised(dataset.replace('_', ' '))} as ${FORMATS[format].name}`,
    description: `${description} ${isDeterministic ? DETERMINISTIC : LOG}`,
    parameters: [...parametersOf(query), ...(isDeterministic ? [IF_NONE_MATCH] : [])],
    responses: {
      200: {
        description: 'The file. If its end is missing, the connection was broken off: it is not whole.',
        headers: headersOf(download, FILE_HEADERS),
        content: { [FORMATS[format].type]: { schema: FORMATS[format].schema } },
      },
      ...(isDeterministic && {
        304: { description: 'The client has this file.', headers: headersOf(download, {}) },
      }),
      ...Object.fromEntries(Object.entries(REFUSED).map(([status, why]) => [status, refusal(status, why)])),
    },
  }
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const DETERMINISTIC =
  'Final blocks only, in chain order: the same range is the same file on any machine. Sent as it is read, compressed as Accept-Encoding wishes; ranges of bytes are not served.'
const LOG = 'Sent as it is read, compressed as Accept-Encoding wishes; ranges of bytes are not served.'

const FORMATS: Readonly<Record<DataFormat, { name: string; type: string; schema: Json }>> = {
  csv: { name: 'CSV', type: 'text/csv', schema: { type: 'string' } },
  ndjson: { name: 'NDJSON', type: 'application/x-ndjson', schema: { type: 'string' } },
  parquet: { name: 'Parquet', type: 'application/vnd.apache.parquet', schema: {} },
}

const REFUSED: Readonly<Record<string, string>> = {
  400: 'Parameters are unknown, repeated, contradictory or misspelt.',
  404: 'The range is before the history, not final yet, or has nothing in it.',
  429: 'Too many requests of one client.',
  503: 'Nothing is final yet, as many exports are being made as can be at once, or the database is away: with the reason.',
}

function refusal(status: string, description: string): Json {
  const mayWait = status === '429' || status === '503'
  return {
    description,
    ...(mayWait && { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'ETag of a file that the client has.',
  schema: { type: 'string' },
}

const text = (description: string) => ({ description, schema: { type: 'string' } })

const FILE_HEADERS = {
  'Content-Disposition': text('Name of the file: dataset, first and last block.'),
  'Content-Encoding': text('How the bytes are compressed on their way; absent where they are not.'),
}

const RANGE_HEADERS = {
  'Export-From-Block': text('First block of the range; As-Of-Block is the last.'),
  'Export-Digest-Before': text(
    'History digest before the first block; As-Of-Digest is the one after the last.',
  ),
  'Export-Schema-Version': text('Version of the columns.'),
  'Export-Methodology-Version': text('Version of the definitions of figures.'),
  'As-Of-Partial': text(
    'Contracts whose history before their start block was left out; absent where none was.',
  ),
}

/** Headers that the document describes for all answers about a block. */
const SHARED_HEADERS = [
  'Cache-Control',
  'As-Of-Block',
  'As-Of-Hash',
  'As-Of-Timestamp',
  'As-Of-Finalized',
  'As-Of-Digest',
]

function headersOf({ isDeterministic }: Download, own: Json): Json {
  const etag = {
    ETag: text('Validator, for If-None-Match; a strong one where the file is not compressed on its way.'),
  }
  const shared = SHARED_HEADERS.map((name) => [name, { $ref: `#/components/headers/${name}` }])
  return { ...own, ...(isDeterministic && etag), ...Object.fromEntries(shared), ...RANGE_HEADERS }
}

function parametersOf(schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...own } = property as z.core.JSONSchema.JSONSchema
    return { name, in: 'query', required: required.includes(name), description, schema: own }
  })
}
