import { ENTITIES } from '../read/entities/entities'
import type { Entity } from '../read/entities/entity'
import { MOST_ROWS, type PageLimits } from '../read/entities/entity-page'
import { MOST_RECONCILIATIONS, RECONCILIATIONS_BY_DEFAULT } from '../read/reconciliations'

/** How the API calls an entity, and how many of its rows it gives at once. */
export interface Exposure {
  readonly entity: Entity
  /** Name of its type. */
  readonly type: string
  /** Root fields: of one row, of a list, and of a connection. */
  readonly single: string
  readonly plural: string
  readonly connection: string
  readonly limits: PageLimits
}

/** Names that are taken by figures, or that would not say what a row is. */
const NAMES: Readonly<Record<string, Partial<Pick<Exposure, 'type' | 'single' | 'plural'>>>> = {
  Price: { type: 'PriceObservation', single: 'priceObservation' },
  InvariantBreak: { type: 'InvariantBreakRow' },
  Coverage: { type: 'CoverageRun', single: 'coverageRun', plural: 'coverageRuns' },
}

/** A row of these is large. */
const LIMITS: Readonly<Record<string, PageLimits>> = {
  Reconciliation: { most: MOST_RECONCILIATIONS, byDefault: RECONCILIATIONS_BY_DEFAULT },
}

/** Every entity that is stored. */
export const EXPOSURES: readonly Exposure[] = [...ENTITIES.entities.values()].map((entity) => {
  const word = `${entity.name.charAt(0).toLowerCase()}${entity.name.slice(1)}`
  const names = { type: entity.name, single: word, plural: `${word}s`, ...NAMES[entity.name] }
  const limits = LIMITS[entity.name] ?? { most: MOST_ROWS, byDefault: 100 }
  return { entity, ...names, connection: `${names.plural}Connection`, limits }
})

/** How an entity is exposed, by its name in schema.graphql. */
export function exposureOf(entity: string): Exposure {
  const exposure = EXPOSURES.find((candidate) => candidate.entity.name === entity)
  if (exposure === undefined) throw new RangeError(`${entity} is not exposed`)
  return exposure
}
