import type { GraphQLResolveInfo, GraphQLSchema, ResponsePath } from 'graphql'
import type { CollectedErrors } from './collected-errors'
import type { FieldPlan, OperationPlan } from './execution-plan'
import type { KeptTexts } from './kept-texts'

/** What the fields of one execution share. */
export interface Execution {
  readonly schema: GraphQLSchema
  readonly plan: OperationPlan
  readonly context: unknown
  readonly variables: Record<string, unknown>
  readonly errors: CollectedErrors
  readonly keptTexts: KeptTexts
}

/** Where in the lists of an answer: names are those of the plan, and a path is made only for those who need it. */
export type Place = { readonly prev: Place; readonly index: number } | undefined

/** What a resolver is told of its field: hardly any wants to know, so that each thing is looked up when it is asked for. */
export class FieldInfo implements GraphQLResolveInfo {
  constructor(
    private readonly execution: Execution,
    private readonly field: FieldPlan,
    private readonly place: Place,
  ) {}

  get fieldName(): string {
    return this.field.definition.name
  }

  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.field.nodes
  }

  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.field.definition.type
  }

  get parentType(): GraphQLResolveInfo['parentType'] {
    return this.field.parentType
  }

  get path(): ResponsePath {
    return responsePath(this.field, this.place)
  }

  get schema(): GraphQLSchema {
    return this.execution.schema
  }

  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.execution.plan.fragments
  }

  get rootValue(): undefined {
    return undefined
  }

  get operation(): GraphQLResolveInfo['operation'] {
    return this.execution.plan.operation
  }

  get variableValues(): Record<string, unknown> {
    return this.execution.variables
  }
}

function responsePath(field: FieldPlan, place: Place): ResponsePath {
  return stepsTo(field, place).reduce<ResponsePath | undefined>(
    (prev, { key, typename }) => ({ prev, key, typename }),
    undefined,
  ) as ResponsePath
}

/** The names and indices that lead to a field, or to an item of its lists. */
export function stepsTo(field: FieldPlan, place: Place): Omit<ResponsePath, 'prev'>[] {
  const indices: number[] = []
  for (let at = place; at !== undefined; at = at.prev) indices.unshift(at.index)
  const fields: FieldPlan[] = []
  for (let at: FieldPlan | undefined = field; at !== undefined; at = at.above) fields.unshift(at)
  return fields.flatMap((each) => {
    // Of the field itself, as many as there are left.
    const own = indices.splice(0, each === field ? indices.length : each.lists)
    const named = { key: each.responseName, typename: each.parentType.name }
    return [named, ...own.map((key) => ({ key, typename: undefined }))]
  })
}
