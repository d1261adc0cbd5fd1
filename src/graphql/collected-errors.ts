import type { GraphQLError, ResponsePath } from 'graphql'

/** Errors of one answer. What happens below a place that an error made null already is no part of it. */
export class CollectedErrors {
  readonly list: GraphQLError[] = []
  private readonly places = new Set<ResponsePath | undefined>()

  /** @param place undefined for the whole answer */
  add(error: GraphQLError, place: ResponsePath | undefined): void {
    for (let above = place; above !== undefined; above = above.prev) {
      if (this.places.has(above)) return
    }
    if (this.places.has(undefined)) return
    this.places.add(place)
    this.list.push(error)
  }
}
