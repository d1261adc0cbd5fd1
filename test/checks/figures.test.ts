import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type FieldDefinitionNode, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { dataDictionary } from '../../src/core/figures'
import { INVARIANTS } from '../../src/core/invariants'

const root = path.resolve(__dirname, '..', '..')
const figures = dataDictionary()

/** Columns of a snapshot that are no figures: what it is, and what figures and invariants are computed from. */
const NO_FIGURES = [
  ...['id', 'blockNumber', 'hash', 'parentHash', 'timestamp', 'digest'],
  ...['eventCount', 'transferCount', 'stakeCount', 'upgradeCount', 'stakeEvent', 'unstakeEvent'],
  ...['balanceSum', 'stakeSum', 'stakeSeconds', 'unpricedStakeSeconds', 'stakeValueSeconds'],
]

function columnsOfSnapshot(): readonly FieldDefinitionNode[] {
  const schema = parse(readFileSync(path.join(root, 'schema.graphql'), 'utf8'))
  for (const definition of schema.definitions) {
    if (definition.kind === 'ObjectTypeDefinition' && definition.name.value === 'Snapshot') {
      return definition.fields ?? []
    }
  }
  throw new TypeError('schema.graphql has no Snapshot')
}

describe('the data dictionary', () => {
  const columns = columnsOfSnapshot().map(({ name }) => name.value)

  test('names only columns that there are, and every column that is a figure', () => {
    const named = figures.map(({ column }) => column).filter((column) => column !== undefined)
    expect([...new Set(named)].sort()).toEqual(columns.filter((name) => !NO_FIGURES.includes(name)).sort())
  })

  test('gives one column one unit, wherever it is served', () => {
    const units = new Map<string, string>()
    for (const { column, unit } of figures) {
      if (column === undefined) continue
      expect(units.get(column) ?? unit, column).toBe(unit)
      units.set(column, unit)
    }
  })

  test('says of each figure, in whole sentences, what it is and what it rests on', () => {
    for (const { group, name, definition, source } of figures) {
      expect(definition, `${group} ${name}`).toMatch(/^.{10,}[.]$/)
      expect(source.length, `${group} ${name}`).toBeGreaterThan(5)
      expect(source, `${group} ${name}`).not.toMatch(/[.]$/)
    }
    for (const [name, { claim }] of Object.entries(INVARIANTS)) expect(claim, name).toMatch(/^\S.{10,}[.]$/)
  })

  test('is printed whole in docs/figures.md', () => {
    const document = readFileSync(path.join(root, 'docs/figures.md'), 'utf8')
    for (const { name, definition } of figures) {
      expect(document).toContain(`| \`${name}\` |`)
      expect(document).toContain(definition.replaceAll('|', '\\|'))
    }
  })
})
