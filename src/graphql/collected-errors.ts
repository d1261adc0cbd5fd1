import type { GraphQLError } from 'graphql'

/** Errors of one answer. What happens below a place that an error made null already is no part of it. */
export class CollectedErrors {
  readonly list: GraphQLError[] = []
  /** How often something was refused, wherever it was. */
  refusals = 0
  private readonly places = new Set<string>()

  /** @param path where the answer is null for it; empty for all of it */
  add(error: GraphQLError, path: readonly (string | number)[]): void {
    this.refusals += 1
    for (let length = 0; length <= path.length; length += 1) {
      if (this.places.has(JSON.stringify(path.slice(0, length)))) return
    }
    this.places.add(JSON.stringify(path))
    this.list.push(error)
  }
}
