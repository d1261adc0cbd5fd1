import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit'
import { EconomyError } from '../../src/core/errors'
import * as downloadErrors from '../../src/export/http/errors'
import * as graphqlErrors from '../../src/graphql/errors'
import * as readErrors from '../../src/read/errors'
import * as rangeErrors from '../../src/read/export/errors'
import * as restErrors from '../../src/rest/errors'
import { problemReply } from '../../src/rest/problem'
import { PROJECT } from '../support/product'

/** Ranges by the room that declares the code; the first that fits a file counts. */
const RANGES: readonly [place: RegExp, range: RegExp][] = [
  [/^src\/config[/.]/, /^E1/],
  [/^src\/core\//, /^E2/],
  [/^src\/chain\//, /^E3/],
  [/^src\/store\//, /^E4/],
  [/^src\/(read|rest|graphql)\//, /^E5/],
  [/^src\/export\/http\//, /^E706/],
  [/^src\/(export|reperform)\//, /^E7/],
  [/^src\/devnet\/postgres-/, /^E61/],
  [/^src\/devnet\//, /^E60/],
  [/^src\/cli\//, /^E62/],
]

const sources = readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.replaceAll(path.sep, '/')}`)
  .map((file) => ({ file, text: readFileSync(path.join(PROJECT, file), 'utf8') }))

const declared = sources.flatMap(({ file, text }) =>
  text
    .split(/^(?=(?:export )?(?:abstract )?class )/m)
    .map((part) => ({
      file,
      name: /\bclass (\w+)/.exec(part)?.[1] ?? '',
      code: /\bcode = '(E\d{4})'/.exec(part)?.[1] ?? '',
    }))
    .filter(({ code }) => code !== ''),
)
const codes = declared.map(({ code }) => code)

const sections = readFileSync(path.join(PROJECT, 'docs/errors.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ code: text.slice(0, 5), title: text.split('\n', 1)[0] ?? '', text }))

test('every declaration of a code belongs to a class that was found', () => {
  const assigned = sources.flatMap(({ text }) => [...text.matchAll(/\bcode\b[^=\n]*= *['"`](E\d+)/g)])
  expect(assigned.map(([, code]) => code).sort()).toEqual([...codes].sort())
  expect(codes.length).toBeGreaterThan(0)
})

test('no two errors share a code', () => {
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})

test('docs/errors.md has one section for each code, ascending', () => {
  expect(sections.map(({ code }) => code)).toEqual([...codes].sort())
  for (const { title } of sections) expect(title).toMatch(/^E\d{4} \S/)
})

test('each code is in the range of the room that raises it', () => {
  const misplaced = declared.filter(({ file, code }) => {
    const range = RANGES.find(([place]) => place.test(file))?.[1]
    return range === undefined || !range.test(code)
  })
  expect(misplaced).toEqual([])
})

test('a code that a source or the storage schema mentions exists, and is the one of the error beside it', () => {
  const codeOf = new Map(declared.map(({ name, code }) => [name, code]))
  const schema = { file: 'schema.graphql', text: readFileSync(path.join(PROJECT, 'schema.graphql'), 'utf8') }
  const wrong = [...sources, schema].flatMap(({ file, text }) => [
    ...[...text.matchAll(/\bE\d{4}\b/g)]
      .filter(([code]) => !codes.includes(code))
      .map(([code]) => `${file}: ${code} is no code`),
    ...[...text.matchAll(/\b([A-Z]\w+) \((E\d{4})\)/g)]
      .filter(([, name = '', code]) => codeOf.get(name) !== code)
      .map(([mention]) => `${file}: ${mention}`),
  ])
  expect(wrong).toEqual([])
})

/** Codes of answers; a download that breaks off has none any more. */
const isServed = (code: string): boolean => /^E(5|706)/.test(code)
const isLogged = (code: string): boolean => ['E7063', 'E7064'].includes(code)

class Probe extends EconomyError {
  constructor(readonly code: string) {
    super('')
  }
}

test.each(sections.filter(({ code }) => !isServed(code)))(
  '$title: the section gives the exit code of the process',
  ({ code, text }) => {
    const given = [...text.matchAll(/Exit code (\d+)/g)].map(([, number]) => Number(number))
    expect(given).toEqual([exitCodeOf(new Probe(code))])
  },
)

/** Enough of every error's facts to construct it. */
const FACTS = { differs: [], problems: [], contracts: [], allow: [], after: '', offered: [] }
type Constructor = new (...args: unknown[]) => unknown

const answers = Object.entries({
  ...readErrors,
  ...rangeErrors,
  ...restErrors,
  ...graphqlErrors,
  ...downloadErrors,
}).flatMap(([name, Class]) => {
  // Its status is that of what could not be read, so it is given one.
  const args = name === 'RequestUnreadable' ? [415, FACTS] : [FACTS]
  const error = declared.some((each) => each.name === name) ? new (Class as Constructor)(...args) : undefined
  return error instanceof EconomyError && !isLogged(error.code) ? [{ name, error }] : []
})

test('every error of the API is tried below', () => {
  expect(answers.map(({ error }) => error.code).sort()).toEqual(
    codes.filter((code) => isServed(code) && !isLogged(code)).sort(),
  )
})

test.each(answers)('$name: the section gives the HTTP status of the answer', ({ error }) => {
  const section = sections.find(({ code }) => code === error.code)?.text ?? ''
  const given = /HTTP ((?:\d{3}(?:, | or )?)+)/.exec(section)?.[1]?.match(/\d{3}/g) ?? []
  const isGraphql = error instanceof graphqlErrors.GraphqlRefusal
  expect(given.map(Number)).toContain(isGraphql ? error.status : problemReply(error, () => undefined).status)
})
