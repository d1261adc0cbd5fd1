import { z } from 'zod'
import { dataDictionary, sqlColumn } from '../core/figures'
import { INVARIANT_NAMES, INVARIANTS } from '../core/invariants'
import { UNKNOWN_REASONS } from '../core/known'
import { emptyQuery } from './as-of-query'
import { validated } from './caching'
import { json, type Reply } from './reply'
import { jsonAnswer, pageRoute } from './route'
import { unknownReason } from './wire-schema'

function getDictionary(): Reply {
  return json({
    figures: dataDictionary().map(({ column, needsWholeHistory = false, ...entry }) => ({
      ...entry,
      needsWholeHistory,
      column: column === undefined ? null : sqlColumn(column),
    })),
    unknownReasons: Object.entries(UNKNOWN_REASONS).map(([name, meaning]) => ({ name, meaning })),
    invariants: INVARIANT_NAMES.map((name) => {
      const { claim, unit, dependsOn } = INVARIANTS[name]
      return { name, claim, unit, dependsOn }
    }),
  })
}

const contracts = z
  .array(z.string())
  .describe('Contracts that must be indexed from their start for it to be true.')

const dictionarySchema = z.strictObject({
  figures: z.array(
    z.strictObject({
      group: z.string(),
      name: z.string(),
      unit: z.string().describe('What it is counted in.'),
      definition: z.string().describe('How it comes about, in terms of other figures and of events.'),
      source: z.string().describe('What on the chain it rests on.'),
      dependsOn: contracts,
      needsWholeHistory: z
        .boolean()
        .describe('Whether it is null over partial history, rather than a change since the start block.'),
      column: z.string().nullable().describe('Column of the table snapshot that holds it, where one does.'),
    }),
  ),
  unknownReasons: z.array(z.strictObject({ name: unknownReason, meaning: z.string() })),
  invariants: z.array(
    z.strictObject({
      name: z.enum(INVARIANT_NAMES),
      claim: z.string().describe('What must hold.'),
      unit: z.enum(['token', 'stable', 'count']),
      dependsOn: contracts,
    }),
  ),
})

/** `GET /api/figures`: what every figure is, why one may be unknown, and what must hold. */
export const DICTIONARY_ROUTE = pageRoute({
  path: '/api/figures',
  operation: 'getDictionary',
  tag: 'figures',
  summary: 'What every figure is',
  description: 'Name, unit, definition and source of every figure; why one may be null; what must hold.',
  isConditional: true,
  query: emptyQuery,
  page: (_services, _query, { ifNoneMatch }) => validated(getDictionary(), 300, ifNoneMatch),
  answers: [jsonAnswer(dictionarySchema, 'The data dictionary.')],
})
