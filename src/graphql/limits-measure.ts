import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** How large an operation is, with fragments counted wherever they are used. Introspection counts for its fields alone. */
export interface Measure {
  /** Levels of fields within fields. */
  readonly depth: number
  readonly fields: number
  readonly aliases: number
  /** Aliases of the outermost level alone. */
  readonly rootAliases: number
  /** Rows of all lists at most, those within other rows multiplied. */
  readonly rows: number
  /** Scalars in the answer at most. */
  readonly values: number
  /** How often the schema itself is asked for, whole or a type of it. */
  readonly introspections: number
}

export interface Measured {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  /** How many rows a field can have; undefined where it is no list of a size that is asked for. */
  readonly sizeOf: (field: FieldNode, definition: GraphQLField<unknown, unknown>) => number | undefined
}

const NOTHING: Measure = {
  depth: 0,
  fields: 0,
  aliases: 0,
  rootAliases: 0,
  rows: 0,
  values: 0,
  introspections: 0,
}

/** A whole schema is some hundred times a type of it. */
const INTROSPECTIONS: Readonly<Record<string, number>> = { __schema: 10, __type: 1 }

/**
 * Measures an operation without expanding it: a fragment is measured once, however often and deeply it is used, for else
 * a short document of fragments within fragments would take for ever.
 */
export function measure({ schema, document, operation, sizeOf }: Measured): Measure {
  const fragments = new Map(
    document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  )
  const known = new Map<string, Measure>()

  function ofSet({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure {
    return selections.map((selection) => ofSelection(selection, parent)).reduce(beside, NOTHING)
  }

  function ofSelection(selection: SelectionNode, parent: GraphQLNamedType | undefined): Measure {
    switch (selection.kind) {
      case Kind.FIELD:
        return ofField(selection, parent)
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, selectionSet } = selection
        return ofSet(selectionSet, typeCondition ? schema.getType(typeCondition.name.value) : parent)
      }
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(selection.name.value)
    }
  }

  function ofFragment(name: string): Measure {
    const measured = known.get(name)
    const fragment = fragments.get(name)
    if (measured !== undefined || fragment === undefined) return measured ?? NOTHING
    // A fragment within itself ends here; a rule of GraphQL refuses it.
    known.set(name, NOTHING)
    const { selectionSet, typeCondition } = fragment
    const result = ofSet(selectionSet, schema.getType(typeCondition.name.value))
    known.set(name, result)
    return result
  }

  function ofField(field: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    const definition = fieldOf(parent, field.name.value)
    const type = definition && getNamedType(definition.type)
    const inner = field.selectionSet ? ofSet(field.selectionSet, type) : NOTHING
    const aliases = field.alias === undefined ? 0 : 1
    const counted = { fields: 1 + inner.fields, aliases: aliases + inner.aliases, rootAliases: aliases }
    if (field.name.value.startsWith('__')) {
      return { ...NOTHING, ...counted, introspections: INTROSPECTIONS[field.name.value] ?? 0 }
    }
    const size = definition && sizeOf(field, definition)
    const each = field.selectionSet ? inner.values : 1
    return {
      ...counted,
      depth: 1 + inner.depth,
      rows: (size ?? 0) + (size ?? 1) * inner.rows,
      values: (size ?? 1) * each,
      introspections: inner.introspections,
    }
  }

  return ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined)
}

function beside(one: Measure, other: Measure): Measure {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
    rootAliases: one.rootAliases + other.rootAliases,
    rows: one.rows + other.rows,
    values: one.values + other.values,
    introspections: one.introspections + other.introspections,
  }
}

function fieldOf(
  parent: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
}
