import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { EconomyFile } from '../config/economy-file'
import { EconomyError } from '../core/errors'
import type { Commits } from '../read/commits'
import type { ReadStore, Reads } from '../read/reads'
import { unitsOf } from '../read/units'
import { asOfExtensions } from './as-of-plugin'
import type { ApiContext } from './context'
import { OperationNotServed } from './errors'
import type { GraphqlParameters } from './http-parameters'
import { checkCost, checkTokens, operationLimits } from './limits'
import { follow, type Messages } from './live-subscription'
import { presentError } from './present-error'
import { singleFlight } from './single-flight'
import type { LiveContext } from './subscription-type'

export interface LiveServices {
  readonly schema: GraphQLSchema
  readonly store: ReadStore
  readonly economy: EconomyFile
  readonly commits: Commits
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
  /** Besides GraphQL's own; the limits of operations if left out. */
  readonly validationRules?: readonly ValidationRule[]
}

/** Runs operations over connections that stay open. */
export interface LiveOperations {
  /** Reads an operation, and checks it; what is wrong with it otherwise. */
  prepare(parameters: GraphqlParameters): ExecutionArgs | readonly GraphQLError[]
  /** Answers a query, or begins a subscription; an answer with errors if it cannot begin. */
  run(operation: ExecutionArgs): Promise<Messages | ExecutionResult>
  /** How an answer looks: its errors with code, facts and mend, or masked. */
  present(result: ExecutionResult): FormattedExecutionResult
}

export function createLiveOperations(services: LiveServices): LiveOperations {
  const { schema, store, economy, commits, report, validationRules = operationLimits } = services
  const units = unitsOf(economy)
  const rules = [...specifiedRules, ...validationRules]
  const share = singleFlight()

  const answer = async (
    operation: ExecutionArgs,
    reads: Reads,
    rootValue?: unknown,
  ): Promise<ExecutionResult> => {
    const contextValue: ApiContext = { reads, economy, units, asOfByField: new Map() }
    const result = await execute({ ...operation, rootValue, contextValue })
    return { ...result, extensions: { ...result.extensions, ...asOfExtensions(contextValue) } }
  }
  const subscribe = async (operation: ExecutionArgs): Promise<Messages | ExecutionResult> => {
    const { document, operationName, variableValues } = operation
    const name = JSON.stringify([document.loc?.source.body, operationName, variableValues])
    const contextValue: LiveContext = {
      follow: (feed) =>
        follow(feed, {
          store,
          commits,
          answer: (reads, news) => answer(operation, reads, news),
          share: (key, ask) => share(`${key} ${name}`, ask),
        }),
    }
    const stream = await createSourceEventStream({ ...operation, contextValue })
    // What a field of the schema follows is what `follow` gave it.
    return Symbol.asyncIterator in stream ? (stream as Messages) : stream
  }

  return {
    prepare({ query = '', operationName, variables = {} }) {
      try {
        checkTokens(query)
        const document = parse(query)
        const errors = validate(schema, document, rules)
        if (errors.length > 0) return errors
        const operation = getOperationAST(document, operationName)
        if (!operation) return [new GraphQLError('The operation is not named, or none has this name.')]
        if (operation.operation === OperationTypeNode.MUTATION) {
          throw new OperationNotServed({ operation: operation.operation })
        }
        checkCost({ schema, document, operation, variables }, Date.now() / 1_000)
        return { schema, document, operationName: operationName ?? null, variableValues: variables }
      } catch (error) {
        if (error instanceof GraphQLError) return [error]
        if (error instanceof EconomyError) return [new GraphQLError(error.message, { originalError: error })]
        throw error
      }
    },
    async run(operation) {
      const type = getOperationAST(operation.document, operation.operationName)?.operation
      if (type === OperationTypeNode.SUBSCRIPTION) return subscribe(operation)
      return store.snapshot((reads) => answer(operation, reads))
    },
    present({ errors, ...result }) {
      if (errors === undefined) return result
      return { ...result, errors: errors.map((error) => presentError(error.toJSON(), error, report)) }
    },
  }
}
