import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
} from 'graphql'
import type { Address } from '../core/address'
import type { AsOf } from '../read/as-of'
import type { Where } from '../read/entities/condition'
import { columnOf, type EntityRow } from '../read/entities/entity'
import { type EntityPage, MOST_SKIPPED, type RowsRequest } from '../read/entities/entity-page'
import { operand } from '../read/entities/operand'
import type { Direction } from '../read/entities/order'
import type { BlockInput } from './block-input'
import { type ApiContext, asOfFor, newestFor } from './context'
import type { EntityInputs } from './entity-inputs'
import type { EntityType } from './entity-types'
import { countArgument, edgesOf, edgeType, OrderDirection, PageInfo } from './page-types'
import { loadRow } from './row-loaders'
import { AddressScalar } from './scalars'
import { selectedFields } from './selected-fields'

/** Types of the schema that entities are asked and answered with. */
export interface SharedTypes {
  readonly asOf: GraphQLObjectType
  readonly blockArgument: GraphQLFieldConfigArgumentMap[string]
}

interface RowsArguments {
  readonly where?: Where | null
  readonly account?: Address | null
  readonly orderBy?: string | null
  readonly orderDirection: Direction
  readonly block?: BlockInput | null
}
interface ListArguments extends RowsArguments {
  readonly first?: number | null
  readonly skip?: number | null
}
interface PageArguments extends RowsArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

type RootField<Arguments> = GraphQLFieldConfig<unknown, ApiContext, Arguments>

/** A connection while it is answered: nothing of it is read that nobody asks for. */
interface Connection {
  readonly asOf: AsOf
  readonly page: EntityPage | undefined
  count(): Promise<number>
}

/** The root fields of an entity: one row, a list, and a connection; of a single row, that alone. */
export function entityFields(
  entityType: EntityType,
  inputs: EntityInputs,
  shared: SharedTypes,
): GraphQLFieldConfigMap<unknown, ApiContext> {
  const { single, plural, connection, entity } = entityType.exposure
  if (entity.onlyRow !== undefined) return { [single]: onlyField(entityType, entity.onlyRow) }
  const rows = rowsArguments(entityType, inputs, shared)
  return {
    [single]: singleField(entityType),
    [plural]: listField(entityType, rows),
    [connection]: connectionField(entityType, rows, shared),
  }
}

function onlyField(entityType: EntityType, id: string): RootField<Record<string, never>> {
  const { exposure, type, fieldsFor } = entityType
  return {
    type,
    description: exposure.entity.description,
    resolve: async (_root, _arguments, context, info) => {
      await entityAsOf(entityType, undefined, context, info)
      return loadRow(context.reads, exposure.entity, 'id', id, fieldsFor(selectedFields(info)))
    },
  }
}

function singleField(entityType: EntityType): RootField<{ readonly id: string }> {
  const { exposure, type, fieldsFor } = entityType
  const { entity } = exposure
  return {
    type,
    description: `One row of ${exposure.type}, as of the newest block; null if there is none with this id.`,
    args: { id: { type: new GraphQLNonNull(GraphQLID), description: 'Id of the row.' } },
    resolve: async (_root, { id }, context, info) => {
      await entityAsOf(entityType, undefined, context, info)
      const key = operand(columnOf(entity, 'id'), 'id', id, true)
      return loadRow(context.reads, entity, 'id', key, fieldsFor(selectedFields(info)))
    },
  }
}

function listField(entityType: EntityType, rows: GraphQLFieldConfigArgumentMap): RootField<ListArguments> {
  const { exposure, type, fieldsFor } = entityType
  const { entity, limits } = exposure
  return {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
    description: entity.description,
    args: {
      first: {
        type: GraphQLInt,
        defaultValue: limits.byDefault,
        description: `How many rows, 1 to ${limits.most}.`,
      },
      skip: {
        type: GraphQLInt,
        defaultValue: 0,
        description: `How many rows to pass over first, ${MOST_SKIPPED} at most: a connection goes deeper.`,
      },
      ...rows,
    },
    resolve: async (_root, args, context, info): Promise<readonly EntityRow[]> => {
      const asOf = await entityAsOf(entityType, args.block, context, info)
      const request = requestOf(args, asOf, fieldsFor(selectedFields(info)))
      const { first, skip } = args
      const asked = { ...request, first: first ?? undefined, skip: skip ?? undefined }
      return context.reads.entityList(entity, asked, limits)
    },
  }
}

function connectionField(
  entityType: EntityType,
  rows: GraphQLFieldConfigArgumentMap,
  shared: SharedTypes,
): RootField<PageArguments> {
  const { exposure, fieldsFor } = entityType
  const { entity, limits } = exposure
  return {
    type: new GraphQLNonNull(connectionType(entityType, shared)),
    description: `${entity.description} As a connection, with cursors that go forward and backward.`,
    args: {
      first: countArgument(limits.byDefault, limits.most, 'How many of the first rows'),
      after: { type: GraphQLString, description: 'Cursor of a row: only rows after it.' },
      last: countArgument(limits.byDefault, limits.most, 'How many of the last rows'),
      before: { type: GraphQLString, description: 'Cursor of a row: only rows before it.' },
      ...rows,
    },
    resolve: async (_root, args, context, info): Promise<Connection> => {
      const { reads } = context
      const asOf = await entityAsOf(entityType, args.block, context, info)
      const request = requestOf(args, asOf, fieldsFor(selectedFields(info, 'edges', 'node')))
      const { first, after, last, before } = args
      const wanted = selectedFields(info)
      const isRead = wanted.has('edges') || wanted.has('pageInfo')
      const bounds = {
        first: first ?? undefined,
        after: after ?? undefined,
        last: last ?? undefined,
        before: before ?? undefined,
      }
      return {
        asOf,
        page: isRead ? await reads.entityPage(entity, { ...request, ...bounds }, limits) : undefined,
        count: () => reads.entityCount(entity, request),
      }
    },
  }
}

function connectionType({ exposure, type }: EntityType, { asOf }: SharedTypes) {
  return new GraphQLObjectType<Connection, ApiContext>({
    name: `${exposure.type}Connection`,
    description: `A page of ${exposure.plural}.`,
    fields: {
      edges: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edgeType(exposure.type, type)))),
        description: 'The rows of the page, each with its cursor.',
        resolve: ({ page }) => (page === undefined ? [] : edgesOf(page)),
      },
      pageInfo: {
        type: new GraphQLNonNull(PageInfo),
        description: 'Where the page lies in the list.',
        resolve: ({ page }) => page,
      },
      totalCount: {
        type: new GraphQLNonNull(GraphQLInt),
        description:
          'How many rows the whole list has. All of them are counted for it, and only where it is asked for.',
        resolve: ({ count }) => count(),
      },
      asOf: { type: new GraphQLNonNull(asOf), description: 'The block at which the rows are true.' },
    },
  })
}

/** What says which rows: the same of a list and of a connection. */
function rowsArguments(
  { exposure }: EntityType,
  inputs: EntityInputs,
  { blockArgument }: SharedTypes,
): GraphQLFieldConfigArgumentMap {
  const { entity } = exposure
  return {
    where: { type: inputs.filter(exposure), description: 'Only rows for which this holds.' },
    ...(entity.parties.length > 0 && {
      account: { type: AddressScalar, description: 'Only rows that name this account, on any side.' },
    }),
    orderBy: {
      type: inputs.orderBy(exposure),
      description: `What rows are put in order by; if left out, ${entity.order.map(({ field }) => `\`${field}\``).join(' and ')}.`,
    },
    orderDirection: {
      type: new GraphQLNonNull(OrderDirection),
      defaultValue: 'desc',
      description: 'In which order rows come.',
    },
    ...(entity.nature === 'history' && { block: blockArgument }),
  }
}

function requestOf(args: RowsArguments, asOf: AsOf, fields: readonly string[]): RowsRequest {
  return {
    fields,
    where: args.where ?? undefined,
    account: args.account ?? undefined,
    orderBy: args.orderBy ?? undefined,
    direction: args.orderDirection,
    upTo: asOf.block,
  }
}

function entityAsOf(
  { exposure }: EntityType,
  block: BlockInput | null | undefined,
  context: ApiContext,
  info: GraphQLResolveInfo,
): Promise<AsOf> {
  return exposure.entity.nature === 'evidence'
    ? newestFor(context, info)
    : asOfFor(context, block, info, 'reference')
}
