import type { GraphQLResolveInfo } from 'graphql'
import type { Economy } from '../core/economy'
import { BUYBACK } from '../core/figures/buyback'
import type { FigureGroup } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { selectedFields } from './selected-fields'

/** Where closing figures stand below a bucket that are written down as they are. */
const STORED: readonly (readonly [path: readonly string[], group: FigureGroup<Moment>])[] = [
  [['supply'], SUPPLY],
  [['treasury'], TREASURY],
  [['treasury', 'outflow'], TREASURY_OUTFLOW],
  [['staking'], STAKING],
  [['buyback'], BUYBACK],
  [['price'], PRICE],
]

/** Fields that are no figures: with which group others stand, and names of types. */
const BESIDE = new Set(['outflow', '__typename'])

/**
 * The stored figures that are asked for of the buckets of a series; undefined where anything is asked for besides, for which
 * more is needed of a snapshot.
 */
export function closingColumns(
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
): readonly (keyof Economy)[] | undefined {
  if (selectedFields(info).has('change')) return undefined
  const groups = selectedFields(info, 'closing')
  if ([...groups].some((name) => !BESIDE.has(name) && !STORED.some(([[first]]) => first === name))) {
    return undefined
  }
  const columns: (keyof Economy)[] = []
  for (const [path, group] of STORED) {
    for (const name of selectedFields(info, 'closing', ...path)) {
      if (BESIDE.has(name)) continue
      const column = group[name]?.column
      if (column === undefined) return undefined
      columns.push(column as keyof Economy)
    }
  }
  return columns
}
