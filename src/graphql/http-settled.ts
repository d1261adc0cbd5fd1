import type { Entity } from '../read/entities/entity'
import type { Reads } from '../read/reads'

/** Reads, and what was read with them. */
interface NotedReads {
  readonly reads: Reads
  /** Whether anything was read of how things stand now, or of the indexer's own work: that can still change. */
  sawChanging(): boolean
}

/**
 * Notes what an answer is made of. A row of a block that is settled never changes, but the account that it names does: with
 * one of those, or with rows chosen by one, the same question can get another answer later.
 */
export function notingChanges(reads: Reads): NotedReads {
  let changing = false
  const note = ({ nature }: Entity, where?: unknown): void => {
    changing ||= nature !== 'history' || namesRelation(where)
  }
  return {
    sawChanging: () => changing,
    reads: {
      ...reads,
      rowsByKey: (entity, ...question) => {
        note(entity)
        return reads.rowsByKey(entity, ...question)
      },
      entityList: (entity, request, limits) => {
        note(entity, request.where)
        return reads.entityList(entity, request, limits)
      },
      entityPage: (entity, request, limits) => {
        note(entity, request.where)
        return reads.entityPage(entity, request, limits)
      },
      entityCount: (entity, request) => {
        note(entity, request.where)
        return reads.entityCount(entity, request)
      },
    },
  }
}

/** Whether a filter asks of a related row: such fields end in an underscore. */
function namesRelation(filter: unknown): boolean {
  if (typeof filter !== 'object' || filter === null) return false
  return Object.entries(filter).some(([field, value]) => field.endsWith('_') || namesRelation(value))
}
