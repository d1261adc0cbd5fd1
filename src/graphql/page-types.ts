import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql'
import type { ApiContext } from './context'

export const OrderDirection = new GraphQLEnumType({
  name: 'OrderDirection',
  description: 'In which order rows come.',
  values: {
    asc: { description: 'The smallest first; in chain order, oldest first. Null comes before any value.' },
    desc: { description: 'The largest first; in chain order, newest first. Null comes after any value.' },
  },
})

/** What is known of a page; the resolvers look up what its rows do not tell. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  cursorOf(row: Row): string
  hasNext(): Promise<boolean> | boolean
  hasPrevious(): Promise<boolean>
}

type PageField = GraphQLFieldConfig<Page<unknown>, ApiContext>

const bound = (at: 0 | -1, description: string): PageField => ({
  type: GraphQLString,
  description,
  resolve: (page) => {
    const row = page.rows.at(at)
    return row === undefined ? null : page.cursorOf(row)
  },
})

export const PageInfo = new GraphQLObjectType<Page<unknown>, ApiContext>({
  name: 'PageInfo',
  description: 'Where a page lies in its list.',
  fields: {
    hasNextPage: {
      type: new GraphQLNonNull(GraphQLBoolean),
      description: 'Whether there are rows after the page.',
      resolve: (page) => page.hasNext(),
    },
    hasPreviousPage: {
      type: new GraphQLNonNull(GraphQLBoolean),
      description: 'Whether there are rows before the page.',
      resolve: (page) => page.hasPrevious(),
    },
    startCursor: bound(0, 'Cursor of the first row of the page; null where it has none.'),
    endCursor: bound(-1, 'Cursor of the last row of the page; null where it has none.'),
  },
})

/** A row of a connection, with the page that it is on. */
export interface Edge<Row> {
  readonly page: Page<Row>
  readonly node: Row
}

/** The type of the edges of a connection. */
export function edgeType(
  name: string,
  node: GraphQLObjectType,
): GraphQLObjectType<Edge<unknown>, ApiContext> {
  return new GraphQLObjectType<Edge<unknown>, ApiContext>({
    name: `${name}Edge`,
    description: `One row of ${name}Connection.`,
    fields: {
      node: { type: new GraphQLNonNull(node), description: 'The row.' },
      cursor: {
        type: new GraphQLNonNull(GraphQLString),
        description: 'Where the row stands in this order: to be handed back unchanged.',
        resolve: ({ page, node: row }) => page.cursorOf(row),
      },
    },
  })
}

export function edgesOf<Row>(page: Page<Row>): readonly Edge<Row>[] {
  return page.rows.map((node) => ({ page, node }))
}

/** How many rows, from the front; `byDefault` is told, not set, where the page may be asked for from its end. */
export function countArgument(byDefault: number, most: number, which: string) {
  return { type: GraphQLInt, description: `${which}, 1 to ${most}; ${byDefault} if nothing is said.` }
}
