import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { leafWriter, type WriteLeaf } from './leaf-writer'

/** How a value of a type is completed. */
export type ValuePlan = { readonly isNonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly write: WriteLeaf }
  | { readonly kind: 'list'; readonly item: ValuePlan }
  | ObjectPlan
)

export interface ObjectPlan {
  readonly kind: 'object'
  readonly fields: readonly FieldPlan[]
  /** What a value is made of, where that never changes and all that is asked for of it comes from there. */
  readonly madeOf: MadeOf | undefined
}

type MadeOf = (value: unknown) => object

/** One field of an answer's object. */
export interface FieldPlan {
  readonly responseName: string
  /** What stands before its value in JSON: its name, after a comma unless it is the first. */
  readonly key: string
  readonly nodes: readonly FieldNode[]
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  /** Undefined where the field is a property of its object. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined
  readonly value: ValuePlan
  /** The field whose objects it is a field of; undefined for one of the root. */
  readonly above: FieldPlan | undefined
  /** How many lists are around each of its values. */
  readonly lists: number
}

/** What an operation asks for, worked out once, whatever its variables are. */
export interface OperationPlan {
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly fields: readonly FieldPlan[]
}

type Fragments = OperationPlan['fragments']

/** The document asks for something that only graphql-js executes. */
class Unplanned extends Error {}

/**
 * The plan of a valid operation; undefined where it is no query, where directives decide what is in its answer, or where it
 * asks for the schema itself or for abstract types.
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): OperationPlan | undefined {
  const operation = getOperationAST(document, operationName)
  const type = schema.getQueryType()
  if (operation?.operation !== OperationTypeNode.QUERY || !type) return undefined
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
  try {
    return { operation, fragments, fields: fieldPlans(type, [operation.selectionSet], fragments, undefined) }
  } catch (error) {
    if (error instanceof Unplanned) return undefined
    throw error
  }
}

function fieldPlans(
  parentType: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  fragments: Fragments,
  above: FieldPlan | undefined,
): readonly FieldPlan[] {
  return [...collected(parentType, sets, fragments)].map(([responseName, nodes], index) => {
    const key = `${index === 0 ? '' : ','}"${responseName}":`
    return new PlannedField(responseName, key, nodes, parentType, fragments, above)
  })
}

class PlannedField implements FieldPlan {
  readonly definition: FieldPlan['definition']
  readonly resolve: FieldPlan['resolve']
  readonly lists: number
  readonly value: ValuePlan

  constructor(
    readonly responseName: string,
    readonly key: string,
    readonly nodes: readonly FieldNode[],
    readonly parentType: GraphQLObjectType,
    fragments: Fragments,
    readonly above: FieldPlan | undefined,
  ) {
    this.definition = definitionOf(parentType, nodes)
    const { resolve = defaultFieldResolver, type, args } = this.definition
    const isProperty = resolve === defaultFieldResolver && args.length === 0
    this.resolve = isProperty ? undefined : resolve
    this.lists = listsAround(type)
    this.value = valuePlan(type, nodes, fragments, this)
  }
}

function listsAround(type: GraphQLOutputType): number {
  const inner = isNonNullType(type) ? type.ofType : type
  return isListType(inner) ? 1 + listsAround(inner.ofType) : 0
}

/** The fields of an object by their names in the answer, in order; those that are asked for several times are one. */
function collected(
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  fragments: Fragments,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const spread = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.directives?.length) throw new Unplanned()
      switch (selection.kind) {
        case Kind.FIELD: {
          const name = (selection.alias ?? selection.name).value
          fields.set(name, [...(fields.get(name) ?? []), selection])
          break
        }
        case Kind.INLINE_FRAGMENT:
          if ((selection.typeCondition?.name.value ?? type.name) === type.name)
            collect(selection.selectionSet)
          break
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments[selection.name.value]
          if (fragment === undefined || spread.has(fragment.name.value)) break
          spread.add(fragment.name.value)
          if (fragment.typeCondition.name.value === type.name) collect(fragment.selectionSet)
        }
      }
    }
  }
  sets.forEach(collect)
  return fields
}

function definitionOf(type: GraphQLObjectType, [node]: readonly FieldNode[]): GraphQLField<unknown, unknown> {
  const name = node?.name.value ?? ''
  const definition = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : type.getFields()[name]
  if (definition === undefined) throw new Unplanned()
  return definition
}

function valuePlan(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  fragments: Fragments,
  field: FieldPlan,
): ValuePlan {
  const isNonNull = isNonNullType(type)
  const inner = isNonNull ? type.ofType : type
  if (isLeafType(inner)) return { kind: 'leaf', isNonNull, write: leafWriter(inner) }
  if (isListType(inner)) {
    return { kind: 'list', isNonNull, item: valuePlan(inner.ofType, nodes, fragments, field) }
  }
  if (!isObjectType(inner) || inner.isTypeOf) throw new Unplanned()
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  const fields = fieldPlans(inner, sets, fragments, field)
  const madeOf = takesNothing(fields) ? (inner.extensions.madeOf as MadeOf | undefined) : undefined
  return { kind: 'object', isNonNull, fields, madeOf }
}

/** Whether no field has arguments, which may be other ones each time. */
function takesNothing(fields: readonly FieldPlan[]): boolean {
  return fields.every(
    ({ definition, value }) => definition.args.length === 0 && takesNothing(fieldsIn(value)),
  )
}

function fieldsIn(value: ValuePlan): readonly FieldPlan[] {
  if (value.kind === 'list') return fieldsIn(value.item)
  return value.kind === 'object' ? value.fields : []
}
