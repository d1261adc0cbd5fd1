import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
} from 'graphql'
import type { Address } from '../core/address'
import {
  type Holdings,
  STATEMENT_KINDS,
  type Standing,
  type StatementKind,
} from '../core/datasets/statement-cells'
import type { AsOf } from '../read/as-of'
import type { StatementEntry, StatementPage } from '../read/statement'
import { amountOf } from './basic-types'
import type { ApiContext } from './context'
import { edgesOf, edgeType, PageInfo } from './page-types'
import { AddressScalar, DateTimeScalar, HashScalar } from './scalars'

/** A page of an account's statement, with the block that it reaches up to. */
export interface StatementAnswer {
  readonly asOf: AsOf
  readonly account: Address
  readonly page: StatementPage
}

const KINDS: Readonly<Record<StatementKind, string>> = {
  MINT: 'Tokens came into being.',
  TRANSFER_IN: 'Tokens were received.',
  TRANSFER_OUT: 'Tokens were sent.',
  TRANSFER_SELF: 'Tokens were sent by the account to itself: nothing changed.',
  BURN: 'Tokens were destroyed.',
  STAKE: 'The stake grew.',
  UNSTAKE: 'The stake shrank.',
  REWARD: 'A reward was paid, in the reward token.',
}

const StatementEventKind = new GraphQLEnumType({
  name: 'StatementKind',
  description: 'What happened to an account.',
  values: Object.fromEntries(STATEMENT_KINDS.map((kind) => [kind, { description: KINDS[kind] }])),
})

/** The types of a statement; `amount` and `asOf` are those of the schema. */
export function statementType(amount: GraphQLObjectType, asOf: GraphQLObjectType) {
  const holdings = (name: string, description: string, texts: Readonly<Record<keyof Holdings, string>>) => {
    const field = (
      column: keyof Holdings,
      unit: 'token' | 'reward',
    ): GraphQLFieldConfig<Standing, ApiContext> => ({
      type: new GraphQLNonNull(amount),
      description: texts[column],
      resolve: (source, _arguments, { units }) => {
        const value = source[column]
        if (value === undefined) throw new TypeError(`${name}.${column} was not looked up`)
        return amountOf(value, units[unit])
      },
    })
    return new GraphQLObjectType<Standing, ApiContext>({
      name,
      description,
      fields: {
        balance: field('balance', 'token'),
        staked: field('staked', 'token'),
        rewardsPaid: field('rewardsPaid', 'reward'),
      },
    })
  }
  const standing = holdings('AccountStanding', 'What an account had at a point of its history.', {
    balance: 'Token balance.',
    staked: 'Σ Stake − Σ Unstake.',
    rewardsPaid: 'Σ RewardPaid, in the reward token.',
  })
  const change = holdings(
    'AccountChange',
    'What an event changed for an account; negative where it took away.',
    {
      balance: 'By how much the token balance changed.',
      staked: 'By how much the stake changed.',
      rewardsPaid: 'By how much Σ RewardPaid changed, in the reward token.',
    },
  )
  const entry = new GraphQLObjectType<StatementEntry, ApiContext>({
    name: 'StatementEntry',
    description: 'One event that named an account: what it changed, and what the account had after it.',
    fields: {
      id: { type: new GraphQLNonNull(GraphQLID), description: 'Id of the row of the event in its ledger.' },
      blockNumber: { type: new GraphQLNonNull(GraphQLInt), description: 'Number of the block of the event.' },
      logIndex: {
        type: new GraphQLNonNull(GraphQLInt),
        description: 'Index of the log of the event within its block.',
      },
      timestamp: { type: new GraphQLNonNull(DateTimeScalar), description: 'Time of the block.' },
      transactionHash: {
        type: new GraphQLNonNull(HashScalar),
        description: 'Hash of the transaction of the event.',
      },
      kind: { type: new GraphQLNonNull(StatementEventKind), description: 'What happened.' },
      counterparty: {
        type: AddressScalar,
        description: 'The other side of a transfer; null where there is none.',
      },
      change: { type: new GraphQLNonNull(change), description: 'What the event changed.' },
      after: { type: new GraphQLNonNull(standing), description: 'What the account had after it.' },
    },
  })
  return new GraphQLObjectType<StatementAnswer, ApiContext>({
    name: 'StatementConnection',
    description: 'A page of the statement of an account.',
    fields: {
      account: { type: new GraphQLNonNull(AddressScalar), description: 'The account.' },
      edges: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edgeType('Statement', entry)))),
        description: 'The events of the page, each with its cursor.',
        resolve: ({ page }) => edgesOf(page),
      },
      opening: {
        type: new GraphQLNonNull(standing),
        description:
          'What the account had before the oldest event of the page; of a page without events, at the block of the answer.',
        resolve: ({ page }) => page.opening,
      },
      pageInfo: {
        type: new GraphQLNonNull(PageInfo),
        description: 'Where the page lies in the statement.',
        resolve: ({ page }) => page,
      },
      partial: {
        type: new GraphQLNonNull(GraphQLBoolean),
        description:
          'Whether the history before the start block of the token or of the staking contract was left out: then amounts count changes since that block, and can be negative.',
        resolve: ({ asOf: { partial } }) => partial.includes('token') || partial.includes('staking'),
      },
      asOf: { type: new GraphQLNonNull(asOf), description: 'The block that the statement reaches up to.' },
    },
  })
}
