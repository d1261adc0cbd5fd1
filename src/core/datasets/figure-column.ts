import type { Figure, FigureUnit } from '../figures/figure'
import type { CellKind, DatasetColumn } from './dataset'

type Described = Pick<Figure<never>, 'unit' | 'definition' | 'needsWholeHistory'>

/** How a figure of a unit is spelled, and what is said of its unit. */
const UNITS: Readonly<Record<FigureUnit, { readonly kind: CellKind; readonly said: string }>> = {
  token: { kind: 'amount', said: 'In token base units.' },
  stable: { kind: 'amount', said: 'In base units of the stable asset.' },
  reward: { kind: 'amount', said: 'In reward token base units.' },
  price: { kind: 'fixed', said: 'In whole units of the stable asset for one whole token.' },
  rewardPerToken: { kind: 'fixed', said: 'In whole reward tokens for one whole token.' },
  ratio: { kind: 'fixed', said: 'A ratio: 0.1 is ten per cent.' },
  credits: { kind: 'amount', said: 'In credits.' },
  count: { kind: 'integer', said: 'A count.' },
  block: { kind: 'integer', said: 'A block number.' },
  seconds: { kind: 'integer', said: 'In seconds.' },
  basisPoints: { kind: 'integer', said: 'In basis points.' },
  text: { kind: 'word', said: '' },
}

/** A column that is a figure of the data dictionary: what it means is said there. */
export function figureColumn(
  name: string,
  { unit, definition, needsWholeHistory }: Described,
  isNullable = needsWholeHistory === true,
): DatasetColumn {
  const { kind, said } = UNITS[unit]
  return { name, kind, isNullable, description: said === '' ? definition : `${definition} ${said}` }
}
