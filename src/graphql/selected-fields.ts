import type { FieldNode, GraphQLResolveInfo, SelectionNode } from 'graphql'
import { Kind } from 'graphql'

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>

/**
 * The names of the fields that are asked for below a field, through fragments; what a directive leaves out is counted,
 * too.
 * @param path fields to go down by first: `edges`, `node`
 */
export function selectedFields(
  { fieldNodes, fragments }: Info,
  ...path: readonly string[]
): ReadonlySet<string> {
  let nodes: readonly FieldNode[] = fieldNodes
  for (const step of path) {
    nodes = below(nodes, fragments).filter(({ name }) => name.value === step)
  }
  return new Set(below(nodes, fragments).map(({ name }) => name.value))
}

function below(nodes: readonly FieldNode[], fragments: Info['fragments']): FieldNode[] {
  const fieldsOf = (selection: SelectionNode): readonly FieldNode[] => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection]
      case Kind.INLINE_FRAGMENT:
        return selection.selectionSet.selections.flatMap(fieldsOf)
      case Kind.FRAGMENT_SPREAD:
        return fragments[selection.name.value]?.selectionSet.selections.flatMap(fieldsOf) ?? []
    }
  }
  return nodes.flatMap(({ selectionSet }) => selectionSet?.selections.flatMap(fieldsOf) ?? [])
}
