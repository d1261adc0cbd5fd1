import { ashao } from './ashao'
import type { Contestant, ContestantName } from './contestant'
import { openreader } from './openreader'
import { sql } from './sql'

/** Everyone who can be asked. */
export const CONTESTANTS: Readonly<Record<ContestantName, Contestant>> = { ashao, openreader, sql }
