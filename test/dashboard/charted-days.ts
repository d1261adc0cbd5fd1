import type { Line, Look, Span } from '../../src/dashboard/charts/model'
import type { SeriesPartsFragment } from '../../src/dashboard/generated'

export const FIRST_DAY = {
  start: '2026-01-01T00:00:00Z',
  end: '2026-01-02T00:00:00Z',
  isOpen: false,
  closingBlock: 10,
}

export const SECOND_DAY = {
  start: '2026-01-02T00:00:00Z',
  end: '2026-01-03T00:00:00Z',
  isOpen: true,
  closingBlock: 20,
}

const amount = (decimal: string) => ({ decimal })
const leg = { allocated: amount('5'), executed: amount('4'), backlog: amount('1') }

const first: SeriesPartsFragment = {
  ...FIRST_DAY,
  closing: {
    supply: {
      totalSupply: amount('999.500'),
      circulatingSupply: amount('600.000'),
      liquidFloat: amount('499.899'),
      excludedBalance: amount('399.500'),
      minted: amount('1000.000'),
      cumulativeBurn: amount('0.500'),
    },
    staking: { staked: amount('150.351'), excludedStake: amount('50.25'), stakingRatio: '0.25' },
    policy: { burn: leg, rewards: leg },
    price: { price: '0.07', source: 'PAIR' },
  },
  change: {
    burned: amount('0.5'),
    buybackSpent: amount('4.000001'),
    buybackBurned: amount('0.4'),
    buybackAveragePrice: '10.0000025',
    revenue: amount('10'),
    rewardsFunded: amount('7'),
    rewardsPaid: amount('6'),
    realYield: '0.05',
    unknown: [],
  },
}

const unknown = ['burned', 'buybackSpent', 'buybackBurned', 'revenue', 'rewardsFunded', 'rewardsPaid']

/** A day of which everything is known, and the open one after it, of which that is not so. */
export const DAYS: readonly [SeriesPartsFragment, SeriesPartsFragment] = [
  first,
  {
    ...SECOND_DAY,
    closing: {
      ...first.closing,
      supply: { ...first.closing.supply, liquidFloat: null },
      staking: { ...first.closing.staking, excludedStake: null },
    },
    change: {
      ...first.change,
      ...Object.fromEntries(unknown.map((figure) => [figure, null])),
      unknown: unknown.map((figure) => ({ figure, explanation: 'It lacks its history.' })),
    },
  },
]

export const span = (points: readonly SeriesPartsFragment[]): Span => ({
  points,
  buybacks: null,
  instant: Date.parse(SECOND_DAY.start) / 1_000 + 3_600,
  stableDecimals: 6,
  tokenDecimals: 18,
})

export const line = (values: readonly (string | null)[], look?: Look, why?: () => string): Line => ({
  key: 'figure',
  label: 'A figure',
  unit: 'token',
  values,
  ...(look ? { look } : {}),
  ...(why ? { why } : {}),
})
