import { isDeepStrictEqual } from 'node:util'
import { askOnce } from './load'
import type { Question, Rows } from './question'
import type { Server } from './servers'

/** Different parameters that every contestant is asked with before anything is measured. */
export const COMPARED = 20

/**
 * Asks all contestants the same, and compares their answers value by value.
 * @throws Error for the first difference: rates for different rows could not be compared
 */
export async function compare(
  question: Question,
  parameters: readonly unknown[],
  servers: readonly Server[],
): Promise<void> {
  for (const sample of parameters.slice(0, COMPARED)) {
    let expected: { readonly name: string; readonly rows: Rows } | undefined
    for (const { name, origin } of servers) {
      const wire = question.wires[name]
      if (wire === undefined) continue
      const rows = wire.rows(await askOnce(origin, wire.ask(sample)), sample)
      if (rows.length === 0)
        throw new Error(`${question.name}: ${name} has no rows for ${JSON.stringify(sample)}`)
      expected ??= { name, rows }
      if (isDeepStrictEqual(rows, expected.rows)) continue
      const place = rows.findIndex((row, index) => !isDeepStrictEqual(row, expected?.rows[index]))
      throw new Error(
        `${question.name}: ${name} and ${expected.name} differ for ${JSON.stringify(sample)}, of ${rows.length} and ` +
          `${expected.rows.length} rows, in row ${place}: ${rows[place]} and ${expected.rows[place]}`,
      )
    }
  }
}
