import { dataDictionary, type FigureEntry } from '../../src/core/figures'
import { STAKER } from '../support/lived-economy'
import { restName } from '../support/rest-name'

/** Objects of an answer that show figures. */
interface Place {
  /** Keys on the way to them, through lists; empty for the answer itself. */
  readonly way: readonly string[]
  /** What they show: the one name that each figure has there. */
  readonly figures: ReadonlyMap<string, FigureEntry>
  /** Their other keys. */
  readonly plain: readonly string[]
}

const DICTIONARY = dataDictionary()

/** Names of whole groups and of single figures, as they are called on a path of the group `own`. */
function shown(own: string, ...wanted: readonly string[]): ReadonlyMap<string, FigureEntry> {
  const entries = wanted.flatMap((path) => {
    const found = DICTIONARY.filter(({ group, name }) => path === group || path === `${group}.${name}`)
    if (found.length === 0) throw new RangeError(`the dictionary has no ${path}`)
    return found
  })
  return new Map(entries.map((entry) => [restName(own, entry.group, entry.name), entry]))
}

/** A year’s rate and a projection say little about an hour. */
const CHANGES = DICTIONARY.filter(
  ({ group, name }) => group === 'window' && !/PerYear$|^projected/.test(name),
)

const LEGS = ['policy.burn', 'policy.rewards']
const WINDOW_LEGS = ['window.policy.burn', 'window.policy.rewards']

/**
 * What the rule splits stands beside its legs as if it were a figure of their group, as in GraphQL
 * (`policy { revenue }`): the only figure with a name of its own on a path.
 */
const [revenue] = shown('treasury', 'treasury.revenue').values()
const SPLIT: ReadonlyMap<string, FigureEntry> = new Map(revenue && [['revenue', revenue]])

const root = (figures: Place['figures'], ...plain: readonly string[]): Place => ({
  way: [],
  figures,
  plain: figures.size > 0 ? [...plain, 'unknown'] : plain,
})
const WINDOW = ['name', 'from', 'to', 'unknown']

/** Every path that shows figures at a block, and what it shows. */
export const SHOWN: Readonly<Record<string, readonly Place[]>> = {
  '/api/treasury': [
    root(
      shown(
        'treasury',
        ...['treasury', 'treasury.outflow', ...LEGS, 'buyback.averagePrice'],
        ...['supply.cumulativeBurn', 'supply.burnedByBuyback', 'supply.deadBurn', 'supply.circulatingSupply'],
        ...['supply.outstandingSupply', 'supply.totalSupply', 'supply.holders'],
        ...['staking.rewardsPaid', 'staking.staked', 'staking.stakers'],
      ),
    ),
  ],
  '/api/supply': [
    root(shown('supply', 'supply', 'staking.staked', 'staking.stakers'), 'excludedWallets'),
    {
      way: ['excludedWallets'],
      figures: shown('account', 'account.balance'),
      plain: ['address', 'label', 'fromBlock'],
    },
  ],
  '/api/staking': [root(shown('staking', 'staking'))],
  '/api/buyback': [root(shown('buyback', 'buyback'))],
  '/api/price': [root(shown('price', 'price'))],
  '/api/usage': [root(shown('usage', 'usage'), 'isEstimate')],
  '/api/policy': [
    root(new Map([...SPLIT, ...shown('policy', ...LEGS)]), 'windows'),
    { way: ['windows'], figures: shown('policy', 'window.revenue', ...WINDOW_LEGS), plain: WINDOW },
  ],
  '/api/windows': [
    root(new Map(), 'windows'),
    {
      way: ['windows'],
      figures: shown('window', 'window', ...WINDOW_LEGS),
      plain: [...WINDOW, 'projectionAssumption'],
    },
  ],
  '/api/series?interval=day': [
    root(new Map(), 'interval', 'points'),
    {
      way: ['points'],
      figures: shown('', 'supply', 'staking', 'treasury', 'treasury.outflow', 'buyback', 'price'),
      plain: ['start', 'end', 'isOpen', 'hasEvents', 'closingBlock', 'change', 'unknown'],
    },
    {
      way: ['points', 'change'],
      figures: shown('window', ...CHANGES.map(({ name }) => `window.${name}`), ...WINDOW_LEGS),
      plain: ['unknown'],
    },
  ],
  [`/api/accounts/${STAKER}`]: [root(shown('account', 'account'), 'address')],
}

/** The objects of a place, in an answer. */
export function objectsAt(answer: object, way: readonly string[]): Readonly<Record<string, unknown>>[] {
  let objects = [answer as Readonly<Record<string, unknown>>]
  for (const key of way) objects = objects.flatMap((object) => object[key] as typeof objects)
  return objects
}

/** Assets that have to be known to read a unit. */
const ASSETS: Partial<Record<FigureEntry['unit'], readonly string[]>> = {
  token: ['token'],
  stable: ['stable'],
  reward: ['reward'],
  price: ['token', 'stable'],
  rewardPerToken: ['token', 'reward'],
}

/** What stands beside the figures of a path: the block, and how the amounts that it shows are read. */
export function frameOf(path: string): string[] {
  const entries = (SHOWN[path] ?? []).flatMap(({ figures }) => [...figures.values()])
  const assets = new Set(entries.flatMap(({ unit }) => ASSETS[unit] ?? []))
  return ['partial', 'asOf', ...[...assets].flatMap((asset) => [`${asset}Symbol`, `${asset}Decimals`])]
}
