import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
} from 'graphql'
import { CollectedErrors } from './collected-errors'
import type { Execution } from './execution'
import { type OperationPlan, planOf } from './execution-plan'
import { KeptTexts } from './kept-texts'
import { writeObject } from './write-fields'
import { WrittenData } from './written-data'

/** An operation of a valid document. */
export interface AskedExecution {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variableValues: Readonly<Record<string, unknown>>
  readonly contextValue: unknown
}

export type Execute = (asked: AskedExecution) => ExecutionResult | Promise<ExecutionResult>

/** What graphql-js stops after, too. */
const MOST_ERRORS = { maxErrors: 50 }

/**
 * Executes operations of a schema as graphql-js does, to the order of errors, but by a plan that is kept with its document: no
 * field of a row is looked up again for every row, and data are `WrittenData`. What has no plan is left to graphql-js.
 */
export function createExecution(schema: GraphQLSchema): Execute {
  const kept = new WeakMap<DocumentNode, Map<string | undefined, OperationPlan | undefined>>()
  const keptTexts = new KeptTexts()
  const planFor = (document: DocumentNode, operationName: string | undefined): OperationPlan | undefined => {
    const plans = kept.get(document) ?? new Map<string | undefined, OperationPlan | undefined>()
    kept.set(document, plans)
    if (plans.has(operationName)) return plans.get(operationName)
    const plan = planOf(schema, document, operationName)
    // A name that no operation has is a name that anybody can make up.
    if (plan !== undefined || plans.size === 0) plans.set(operationName, plan)
    return plan
  }
  return (asked) => {
    const { document, operationName, variableValues, contextValue } = asked
    const plan = planFor(document, operationName)
    if (plan === undefined) return execute({ schema, ...asked })
    const { coerced } = getVariableValues(
      schema,
      plan.operation.variableDefinitions ?? [],
      variableValues,
      MOST_ERRORS,
    )
    // Refused, in its words.
    if (coerced === undefined) return execute({ schema, ...asked })
    const errors = new CollectedErrors()
    return run({ schema, plan, context: contextValue, variables: coerced, errors, keptTexts })
  }
}

function run(execution: Execution): ExecutionResult | Promise<ExecutionResult> {
  const { errors, plan } = execution
  const result = (data: WrittenData | null): ExecutionResult =>
    errors.list.length === 0 ? { data } : { errors: errors.list, data }
  const written = (text: string): ExecutionResult => result(new WrittenData(text, plan.fields))
  const failed = (error: unknown): ExecutionResult => {
    errors.add(error as GraphQLError, [])
    return result(null)
  }
  try {
    const data = writeObject(execution, plan.fields, undefined, undefined)
    return typeof data === 'string' ? written(data) : data.then(written, failed)
  } catch (error) {
    return failed(error)
  }
}
