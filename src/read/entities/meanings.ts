import type { ColumnKind, Nature } from './entity'

// What schema.graphql does not say: it knows texts and numbers, not what they mean.

const ADDRESSES = new Set(['from', 'to', 'burner', 'account', 'implementation', 'token', 'staking', 'stable'])
const HASHES = new Set([
  'hash',
  'parentHash',
  'blockHash',
  'toHash',
  'genesisHash',
  'transactionHash',
  'replacementHash',
])
/** Whole stable units for one whole token, in units of 10⁻¹⁸. */
const DECIMALS = new Set(['price'])

/** Columns of an event that name an account that it concerns. */
export const PARTIES: ReadonlySet<string> = new Set(['from', 'to', 'burner', 'account'])

const EVIDENCE = new Set(['Deployment', 'Head', 'SourceStatus', 'Coverage', 'Reconciliation', 'Correction'])
const ONLY_ROWS: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  Head: 'head',
  SourceStatus: 'source',
}

export function natureOf(entity: string, fields: ReadonlySet<string>): Nature {
  if (EVIDENCE.has(entity)) return 'evidence'
  return fields.has('blockNumber') ? 'history' : 'state'
}

export function onlyRowOf(entity: string): string | undefined {
  return Object.hasOwn(ONLY_ROWS, entity) ? ONLY_ROWS[entity] : undefined
}

/** What a column holds, by its type in schema.graphql and by its name. */
export function kindOf(
  entity: string,
  field: string,
  type: string,
  isList: boolean,
  isEnum: boolean,
): ColumnKind {
  if (isEnum) return 'enum'
  if (entity === 'Account' && field === 'id') return 'address'
  switch (type) {
    case 'Int':
      return 'integer'
    case 'BigInt':
      return DECIMALS.has(field) ? 'decimal' : 'amount'
    case 'DateTime':
      return 'time'
    case 'Boolean':
      return 'flag'
    case 'ID':
      return 'text'
    case 'String':
      if (isList) return 'list'
      if (ADDRESSES.has(field)) return 'address'
      return HASHES.has(field) ? 'hash' : 'text'
    default:
      return 'objects'
  }
}
