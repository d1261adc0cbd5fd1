import type { GraphQLFieldConfig, GraphQLFieldConfigArgumentMap } from 'graphql'
import type { BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import type { EntityType } from './entity-types'
import { loadRow } from './row-loaders'
import { selectedFields } from './selected-fields'

/** The root field `snapshotAt`: the stored figures as of a block, which may have none of its own. */
export function snapshotAtField(
  types: ReadonlyMap<string, EntityType>,
  block: GraphQLFieldConfigArgumentMap[string],
): GraphQLFieldConfig<unknown, ApiContext, { readonly block?: BlockInput | null }> {
  const snapshot = types.get('Snapshot')
  if (snapshot === undefined) throw new RangeError('there is no entity Snapshot')
  const { type, exposure, fieldsFor } = snapshot
  return {
    type,
    description:
      'Every cumulative figure at the last block with events at or before a block, with its digest, as it is stored.',
    args: { block },
    resolve: async (_root, args, context, info) => {
      const asOf = await asOfFor(context, args.block, info, 'reference')
      const fields = fieldsFor(selectedFields(info))
      return loadRow(context.reads, exposure.entity, 'blockNumber', asOf.snapshot.block, fields)
    },
  }
}
