import {
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
} from 'graphql'
import type { Economy } from '../core/economy'
import { PRICE } from '../core/figures/price'
import { SUPPLY } from '../core/figures/supply'
import type { EntityRow } from '../read/entities/entity'
import type { ApiContext } from './context'
import { spellFigures } from './spell-figures'
import { outputNamed, type TypeNamed } from './type-named'

/** A field that no column holds: what it is computed from, and how. */
export interface DerivedField {
  /** Fields of the columns that it is computed from. */
  readonly needs: readonly string[]
  readonly config: GraphQLFieldConfig<EntityRow, ApiContext>
}

/** The columns of `snapshot` that can be null, each with the figure that says why. */
const NULLABLE = {
  genesisBlock: SUPPLY.genesisBlock,
  price: PRICE.price,
  priceSource: PRICE.source,
  priceBlock: PRICE.block,
} as const

/** The derived fields of an entity, by its name in schema.graphql. */
export function derivedFields(entity: string, typeNamed: TypeNamed): Readonly<Record<string, DerivedField>> {
  switch (entity) {
    case 'Coverage':
      return { blocks: BLOCKS }
    case 'Snapshot':
      return { unknown: unknownField(typeNamed), partial: partialField(typeNamed) }
    default:
      return {}
  }
}

const BLOCKS: DerivedField = {
  needs: ['fromBlock', 'toBlock'],
  config: {
    type: new GraphQLNonNull(GraphQLInt),
    description: 'How many blocks.',
    resolve: ({ fromBlock, toBlock }) => Number(toBlock) - Number(fromBlock) + 1,
  },
}

function unknownField(typeNamed: TypeNamed): DerivedField {
  return {
    needs: Object.keys(NULLABLE),
    config: {
      type: listOf('UnknownFigure', typeNamed),
      description: 'The figures of this object that are null, each with the reason; empty if all are known.',
      resolve: (row, _arguments, { economy, units }) =>
        // These figures ask an economy for these columns alone.
        spellFigures(NULLABLE, { economy: row as unknown as Economy, policy: economy.policy }, units).unknown,
    },
  }
}

function partialField(typeNamed: TypeNamed): DerivedField {
  return {
    needs: [],
    config: {
      type: listOf('Contract', typeNamed),
      description: 'Contracts whose figures above lack the history before their start block.',
      resolve: async (_row, _arguments, { reads }) => (await reads.newest()).partial,
    },
  }
}

function listOf(name: string, typeNamed: TypeNamed): GraphQLOutputType {
  return new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(outputNamed(typeNamed, name))))
}
