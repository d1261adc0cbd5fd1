import type { Economy } from '../economy'
import type { Policy } from '../policy'

/** What a figure at a block is computed from. */
export interface Moment {
  readonly economy: Economy
  readonly policy: Policy
}
