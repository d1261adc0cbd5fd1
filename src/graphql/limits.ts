import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Lexer,
  type OperationDefinitionNode,
  Source,
  TokenKind,
  type ValidationRule,
} from 'graphql'
import { LimitExceeded, type LimitName } from './errors'
import { type Measure, measure } from './limits-measure'
import { mostRowsOf, sizeOfField } from './limits-size'

/** The most that an operation may have of each. */
export const LIMITS: Readonly<Record<LimitName, number>> = {
  bytes: 200_000,
  tokens: 5_000,
  depth: 12,
  rootAliases: 30,
  aliases: 100,
  fields: 2_000,
  rows: 10_000,
  values: 500_000,
  introspections: 10,
}

/**
 * Refuses a document of too many tokens before it is parsed: the time to validate one grows with the square of its length.
 * @throws LimitExceeded (E5063)
 */
export function checkTokens(text: string): void {
  // No token is shorter than one character.
  if (text.length <= LIMITS.tokens) return
  const found = countTokens(text)
  if (found > LIMITS.tokens) throw new LimitExceeded({ limit: 'tokens', most: LIMITS.tokens, found })
}

/** Up to the first thing that is no token, which the parser refuses. */
function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text))
  let count = 0
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1
  } catch {
    return count
  }
  return count
}

const OF_A_DOCUMENT = ['depth', 'rootAliases', 'aliases', 'fields', 'introspections'] as const
const OF_AN_ANSWER = ['rows', 'values'] as const

/** Limits that a document alone decides, whatever its variables are. */
const documentLimits: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const measured = { schema: context.getSchema(), document: context.getDocument(), operation }
    const found = measure({ ...measured, sizeOf: () => undefined })
    for (const refusal of exceeded(OF_A_DOCUMENT, found)) {
      context.reportError(new GraphQLError(refusal.message, { nodes: operation, originalError: refusal }))
    }
  },
})

/** Rules of validation, besides GraphQL's own, that every transport applies. */
export const operationLimits: readonly ValidationRule[] = [documentLimits]

/** An operation with the variables that it is asked with. */
export interface AskedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * Refuses an operation whose lists could have too many rows, or its answer too many values.
 * @param now the clock, in unix seconds: where a series ends that names no end
 * @throws LimitExceeded (E5063)
 */
export function checkCost({ schema, document, operation, variables }: AskedOperation, now: number): void {
  if (isCheapAnyway(schema, document, operation)) return
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
  // Variables of a wrong type are refused when the operation is executed.
  if (coerced === undefined) return
  const sizeOf = (...[field, definition]: Parameters<Parameters<typeof measure>[0]['sizeOf']>) =>
    sizeOfField(field, definition, coerced, now)
  for (const refusal of exceeded(OF_AN_ANSWER, measure({ schema, document, operation, sizeOf })))
    throw refusal
}

/** Operations that are within the limits whatever they are asked with: most, and they need not be measured each time. */
const CHEAP = new WeakMap<OperationDefinitionNode, boolean>()

function isCheapAnyway(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  const isCheap =
    CHEAP.get(operation) ??
    exceeded(OF_AN_ANSWER, measure({ schema, document, operation, sizeOf: mostRowsOf })).length === 0
  CHEAP.set(operation, isCheap)
  return isCheap
}

function exceeded(limits: readonly (keyof Measure)[], measured: Measure): LimitExceeded[] {
  return limits
    .filter((limit) => measured[limit] > LIMITS[limit])
    .map((limit) => new LimitExceeded({ limit, most: LIMITS[limit], found: measured[limit] }))
}
