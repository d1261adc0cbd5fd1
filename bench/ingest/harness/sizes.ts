import type { ChainOptions } from '../simulator/chain-options'

/** What is indexed, by name. */
export const SIZES = {
  tiny: { blocks: 2_000, events: 6_000, accounts: 500 },
  small: { blocks: 20_000, events: 50_000, accounts: 2_000 },
  large: { blocks: 100_000, events: 300_000, accounts: 10_000 },
  // All its logs would take more memory than the machine should have: those of others are made when asked for.
  huge: { blocks: 1_000_000, events: 3_000_000, accounts: 50_000, keepNoise: false },
  sparse: { blocks: 200_000, events: 3_000, active: 0.015, accounts: 500 },
} as const satisfies Readonly<Record<string, Partial<ChainOptions>>>

export type SizeName = keyof typeof SIZES
