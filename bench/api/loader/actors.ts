import type { Address } from '../../../src/core/address'
import { inventHash, mix } from '../../ingest/simulator/random'

/** Who has a role, by their place among all actors; the others, from `ORDINARY` on, are people. */
export const ACTOR = {
  exchange: 0,
  treasury: 1,
  buyback: 2,
  internal: 3,
  team: 4,
  staking: 5,
} as const
export const ORDINARY = 6

/** The other two contracts; the staking contract holds tokens, so it is an actor. */
export const TOKEN = inventAddress('token')
export const STABLE = inventAddress('stable')

/** Addresses of all actors: the same on every machine. */
export function inventActors(count: number): readonly Address[] {
  if (count <= ORDINARY) throw new RangeError(`${count} actors are too few, there are ${ORDINARY} roles`)
  return Array.from({ length: count }, (_, index) => inventAddress('actor', index))
}

function inventAddress(kind: string, index = 0): Address {
  const letters = [...kind].map((letter) => letter.charCodeAt(0))
  return inventHash(mix(...letters), index).slice(0, 42) as Address
}
