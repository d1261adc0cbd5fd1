import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Entity } from './entity'
import { type EntityModel, parseEntities } from './parse-entities'

// Beside src and lib alike: the program ships with it.
const FILE = path.resolve(__dirname, '../../../schema.graphql')

/** What this release stores. */
export const ENTITIES: EntityModel = parseEntities(readFileSync(FILE, 'utf8'))

/** An entity by its name in schema.graphql. @throws RangeError if there is none. */
export function entityNamed(name: string): Entity {
  const entity = ENTITIES.entities.get(name)
  if (entity === undefined) throw new RangeError(`there is no entity ${name}`)
  return entity
}
