/** Figures of a comparison, with their names for a reader and in the data dictionary. */
const FIGURES: Readonly<Record<string, readonly [name: string, term?: string]>> = {
  totalSupply: ['Total supply', 'supply.totalSupply'],
  balanceSum: ['Σ balances of all accounts'],
  'treasury.balance': ['Treasury balance', 'treasury.balance'],
  staked: ['Staked', 'staking.staked'],
  stakeSum: ['Σ stakes of all accounts'],
  'account.balance': ['Balance of', 'account.balance'],
  'account.staked': ['Stake of', 'account.staked'],
}

/** What a figure of a comparison is called. */
export function nameOf(figure: string): string {
  return FIGURES[figure]?.[0] ?? figure
}

/** Where the data dictionary defines it; undefined where it does not. */
export function termOf(figure: string): string | undefined {
  return FIGURES[figure]?.[1]
}

const GRAVITY = { DIFFERENT: 0, GAP: 1, EQUAL: 2 } as const

/** Differences first, then what was not answered; the rest as it came. */
export function gravestFirst<Line extends { readonly result: keyof typeof GRAVITY }>(
  lines: readonly Line[],
): readonly Line[] {
  return lines.toSorted((one, other) => GRAVITY[one.result] - GRAVITY[other.result])
}

/** How a comparison came out as a whole. A gap is neither a success nor a difference. */
export function comparedAs(last: {
  readonly different: number
  readonly gaps: number
  readonly standing: readonly unknown[]
}): 'good' | 'bad' | 'open' {
  if (last.different + last.standing.length > 0) return 'bad'
  return last.gaps > 0 ? 'open' : 'good'
}
