import type { Contestant } from '../harness/contestant'
import { ashao } from './ashao'
import { floor } from './floor'
import { ponder } from './ponder'
import { subsquid } from './subsquid'

/** Everyone who can be measured. */
export const CONTESTANTS = { floor, ashao, subsquid, ponder } as const satisfies Readonly<
  Record<string, Contestant>
>

export type ContestantName = keyof typeof CONTESTANTS
