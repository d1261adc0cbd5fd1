import {
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLObjectType,
  GraphQLSchema,
  isInputObjectType,
} from 'graphql'
import { BLOCK_ARGUMENT } from './block-input'
import type { ApiContext } from './context'
import { columnTypes } from './entity-columns'
import { entityFields } from './entity-fields'
import { entityInputs } from './entity-inputs'
import { entityTypes } from './entity-types'
import { snapshotAtField } from './snapshot-at'
import { statementField } from './statement-field'
import { objectNamed } from './type-named'

/** The schema, and every entity in it: one row, a list and a connection of each, made from what schema.graphql says of it. */
export function withEntities(schema: GraphQLSchema): GraphQLSchema {
  const typeNamed = (name: string) => schema.getType(name)
  const shared = { asOf: objectNamed(typeNamed, 'AsOf'), blockArgument: blockArgument(schema) }
  const columns = columnTypes(typeNamed)
  const types = entityTypes(columns, typeNamed)
  const inputs = entityInputs(columns)
  const entities = [...types.values()].map((each) => entityFields(each, inputs, shared))

  const query = objectNamed(typeNamed, 'Query').toConfig()
  const fields: GraphQLFieldConfigMap<unknown, ApiContext> = {
    ...query.fields,
    ...Object.assign({}, ...entities),
    snapshotAt: snapshotAtField(types, shared.blockArgument),
    statement: statementField(objectNamed(typeNamed, 'Amount'), shared.asOf, shared.blockArgument),
  }
  const config = schema.toConfig()
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...query, fields }),
    types: config.types.filter(({ name }) => name !== query.name),
  })
}

function blockArgument(schema: GraphQLSchema): GraphQLFieldConfigArgumentMap[string] {
  const type = schema.getType('BlockInput')
  if (!isInputObjectType(type)) throw new RangeError('the schema has no type BlockInput')
  return { type, description: BLOCK_ARGUMENT.description }
}
