import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
} from 'graphql'
import type { Address } from '../core/address'
import type { Holdings } from '../core/datasets/statement-cells'
import { MOST_ROWS } from '../read/entities/entity-page'
import type { Direction } from '../read/entities/order'
import { parseAddress } from '../read/parse-address'
import { ROWS_BY_DEFAULT } from '../read/statement'
import type { BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { OrderDirection } from './page-types'
import { AddressScalar } from './scalars'
import { selectedFields } from './selected-fields'
import { type StatementAnswer, statementType } from './statement-types'

interface StatementArguments {
  readonly account: Address
  readonly first?: number | null
  readonly after?: string | null
  readonly orderDirection: Direction
  readonly block?: BlockInput | null
}

/** The root field `statement`. */
export function statementField(
  amount: GraphQLObjectType,
  asOf: GraphQLObjectType,
  block: GraphQLFieldConfigArgumentMap[string],
): GraphQLFieldConfig<unknown, ApiContext, StatementArguments> {
  return {
    type: new GraphQLNonNull(statementType(amount, asOf)),
    description:
      'The statement of an account: every transfer, burn, stake, unstake and reward that names it, with what it had after each.',
    args: {
      account: { type: new GraphQLNonNull(AddressScalar), description: 'The account.' },
      first: {
        type: GraphQLInt,
        defaultValue: ROWS_BY_DEFAULT,
        description: `How many events, 1 to ${MOST_ROWS}.`,
      },
      after: { type: GraphQLString, description: 'Cursor of an event: only events after it.' },
      orderDirection: {
        type: new GraphQLNonNull(OrderDirection),
        defaultValue: 'desc',
        description: 'In which order events come: that of the chain, or newest first.',
      },
      block,
    },
    resolve: async (_root, args, context, info): Promise<StatementAnswer> => {
      const account = parseAddress(args.account)
      const answerAt = await asOfFor(context, args.block, info, 'reference')
      const page = await context.reads.statement(answerAt, {
        account,
        first: args.first ?? ROWS_BY_DEFAULT,
        after: args.after ?? undefined,
        direction: args.orderDirection,
        figures: figuresIn(info),
      })
      return { asOf: answerAt, account, page }
    },
  }
}

/** What is asked for of what the account had after the events; undefined where all of it is, or what it had before them. */
function figuresIn(info: GraphQLResolveInfo): ReadonlySet<keyof Holdings> | undefined {
  if (selectedFields(info).has('opening')) return undefined
  const names = [...selectedFields(info, 'edges', 'node', 'after')].filter((name) => name !== '__typename')
  return new Set(names as (keyof Holdings)[])
}
