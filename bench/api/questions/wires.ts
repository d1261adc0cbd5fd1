import type { StatementName } from '../floor/statements'
import type { Ask, Rows, Wire } from '../harness/question'

/** An object of an answer. */
export type Json = Readonly<Record<string, unknown>>

/** A GraphQL query with variables, asked by POST. `rowsOf` is given `data`, and what was asked. */
export function graphql<Parameters>(
  query: string,
  variables: (parameters: Parameters) => object,
  rowsOf: (data: never, parameters: Parameters) => readonly (readonly unknown[])[],
): Wire<Parameters> {
  const text = query.replaceAll(/\s+/g, ' ').trim()
  return {
    ask: (parameters) => ({ path: '/graphql', body: { query: text, variables: variables(parameters) } }),
    rows: (body: { readonly data: never }, parameters) => rowsOf(body.data, parameters).map(spelled),
  } as Wire<Parameters>
}

/** One of the floor's statements; columns of an answer stand in the order of the statement. */
export function statement<Parameters>(
  name: StatementName,
  values: (parameters: Parameters) => readonly (string | number)[],
  columns: readonly string[],
): Wire<Parameters> {
  return {
    ask(parameters): Ask {
      const query = values(parameters).map((value) => `p=${value}`)
      return { path: query.length === 0 ? `/${name}` : `/${name}?${query.join('&')}` }
    },
    rows: (body: readonly Json[]): Rows => body.map((row) => spelled(columns.map((column) => row[column]))),
  } as Wire<Parameters>
}

/** Each spells times in its own way: here they are unix milliseconds. Everything else is compared as it is written. */
function spelled(cells: readonly unknown[]): readonly string[] {
  return cells.map((cell) => {
    const text = String(cell)
    return /^\d{4}-\d\d-\d\dT/.test(text) ? String(Date.parse(text)) : text
  })
}
