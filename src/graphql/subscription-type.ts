import {
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSchema,
} from 'graphql'
import type { AsOf } from '../read/as-of'
import type { CorrectionRow } from '../read/corrections'
import { entityNamed } from '../read/entities/entities'
import type { EntityRow } from '../read/entities/entity'
import type { Reads } from '../read/reads'
import { type ApiContext, newestFor } from './context'
import { FigureResolver } from './figure-resolver'
import { burnFeed, correctionFeed, type Feed, headFeed } from './live-feeds'
import { DateTimeScalar, HashScalar } from './scalars'
import { takenBackOf, takenBackType } from './taken-back'
import type { TypeNamed } from './type-named'
import { outputNamed } from './type-named'

/** What the subscribing half of a subscription gets. */
export interface LiveContext {
  /** Answers that follow a feed, commit by commit. */
  follow<Position, News>(feed: Feed<Position, News>): Promise<AsyncIterable<unknown>>
}

interface Arguments {
  readonly after?: string | null
}

type Subscription<News> = GraphQLFieldConfig<News, ApiContext, Arguments>

const CONFLATED = 'Blocks that are indexed faster than messages are taken are told as one.'

/** The schema, and what of it can be subscribed to. */
export function withSubscriptions(schema: GraphQLSchema): GraphQLSchema {
  const subscription = subscriptionType((name) => schema.getType(name))
  return new GraphQLSchema({ ...schema.toConfig(), subscription })
}

/**
 * What happens, told as it is committed. The subscribing half of a field says which feed is followed; the other half is run
 * for each message like a query, on one state of the database, with the news as its root.
 * @param typeNamed the types of the queries
 */
function subscriptionType(typeNamed: TypeNamed): GraphQLObjectType {
  const figures = new FigureResolver()
  const fields = {
    treasury: field<AsOf>({
      type: outputNamed(typeNamed, 'Treasury'),
      description: `The treasury now, and again at each new head. ${CONFLATED}`,
      subscribe: following(() => headFeed((reads) => reads.resolve({ kind: 'head' }))),
      resolve: (_head, _arguments, context, info) => figures.treasury(undefined, context, info),
    }),
    supply: field<AsOf>({
      type: outputNamed(typeNamed, 'Supply'),
      description: `The supply now, and again at each new head. ${CONFLATED}`,
      subscribe: following(() => headFeed((reads) => reads.resolve({ kind: 'head' }))),
      resolve: (_head, _arguments, context, info) => figures.supply(undefined, context, info),
    }),
    newBlocks: field<AsOf>({
      type: newBlockType,
      description: `The newest indexed block now, and each that takes its place. ${CONFLATED} After a reorganisation its number may be lower.`,
      subscribe: following(() => headFeed((reads) => reads.newest())),
      resolve: (head, _arguments, context, info) => noted(head, context, info),
    }),
    newBurns: field<readonly EntityRow[]>({
      type: new GraphQLList(new GraphQLNonNull(outputNamed(typeNamed, 'Burn'))),
      description:
        'Burns that are indexed from now on, each once, in chain order; 1000 in one message at most. What a reorganisation takes back is told by `corrections`; what the chain that won has above their `baseBlock` follows here.',
      args: {
        after: {
          type: GraphQLID,
          description:
            'Id of the last burn that you have: those after it come first. The newest if left out.',
        },
      },
      subscribe: following(burnFeed),
      resolve: (burns, _arguments, context, info) => noted(burns, context, info),
    }),
    corrections: field<readonly CorrectionRow[]>({
      type: new GraphQLList(new GraphQLNonNull(takenBackType(typeNamed))),
      description:
        'Rows that reorganisations take back from now on: whoever read them has to forget them, and to read again what is above `baseBlock`. 1000 rows in one message at most.',
      args: {
        after: {
          type: GraphQLID,
          description:
            'Id of the last correction that you have: those after it come first. The newest if left out.',
        },
      },
      subscribe: following(correctionFeed),
      resolve: (rows, _arguments, context, info) => noted(takenBackOf(rows), context, info),
    }),
  }
  return new GraphQLObjectType({
    name: 'Subscription',
    description:
      'What happens, told when the indexer commits it. Each message is true at one block, named in `asOf`. A subscriber that takes messages slowly gets fewer and larger ones.',
    fields,
  })
}

const newBlockType = new GraphQLObjectType<AsOf, ApiContext>({
  name: 'NewBlock',
  description: 'A block that has become the newest indexed one.',
  fields: {
    block: { type: new GraphQLNonNull(GraphQLInt), description: 'Block number.' },
    hash: { type: new GraphQLNonNull(HashScalar), description: 'Block hash.' },
    timestamp: { type: new GraphQLNonNull(DateTimeScalar), description: 'Time of the block.' },
    events: {
      type: new GraphQLNonNull(GraphQLInt),
      description: 'Events of the economy in the block.',
      resolve: (head, _arguments, { reads }) => eventsIn(head, reads),
    },
  },
})

/** The field of a root type; what all of them give is always there. */
function field<News>({ type, ...config }: Subscription<News>): Subscription<unknown> {
  const isThere = type instanceof GraphQLNonNull ? type : new GraphQLNonNull(type)
  // The root of a message is the news of the feed that its own `subscribe` follows.
  return { ...config, type: isThere } as Subscription<unknown>
}

function following<Position, News>(feedAfter: (after: string | undefined) => Feed<Position, News>) {
  return (_root: unknown, { after }: Arguments, context: unknown) =>
    (context as LiveContext).follow(feedAfter(after ?? undefined))
}

/** Notes that an answer is true at the newest block, whatever its age: it tells of what the indexer did. */
async function noted<Answer>(answer: Answer, context: ApiContext, info: GraphQLResolveInfo): Promise<Answer> {
  await newestFor(context, info)
  return answer
}

/** A block without a snapshot has no events; one that has a snapshot counts them from the snapshot before. */
async function eventsIn(head: AsOf, reads: Reads): Promise<number> {
  if (head.snapshot.block !== head.block) return 0
  const { eventCount } = (await reads.economyAt(head)).economy
  const before = { fields: ['eventCount'], where: { blockNumber_lt: head.block }, direction: 'desc' } as const
  const [last] = await reads.entityList(entityNamed('Snapshot'), before, { most: 1, byDefault: 1 })
  return eventCount - Number(last?.eventCount ?? 0)
}
