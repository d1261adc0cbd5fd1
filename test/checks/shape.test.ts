import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT } from '../support/product'

const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8')

/** Written by a generator or a compiler, or named as Solidity names contracts. */
const GENERATED = /^src\/(abi|model|devnet\/artifacts)\//
const CONTRACTS = /^src\/devnet\/contracts\//

const files = ['src', 'test', 'scripts']
  .flatMap((folder) =>
    readdirSync(path.join(PROJECT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(PROJECT, path.join(entry.parentPath ?? entry.path, entry.name))),
  )
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => !GENERATED.test(file))
  .sort()
const sources = files
  .filter((file) => /\.([cm]?[jt]s|tsx|sol)$/.test(file))
  .map((file) => ({ file, text: read(file) }))

/** The lines of the sources that match, as `file:line: text`. */
function linesWith(pattern: RegExp, where = /^/): string[] {
  return sources
    .filter(({ file }) => where.test(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    )
}

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(100)
})

test('no source is longer than 300 lines without saying why in its first line', () => {
  const long = sources
    .map(({ file, text }) => ({
      file,
      lines: text.trimEnd().split('\n').length,
      first: text.split('\n', 1)[0] ?? '',
    }))
    .filter(({ lines, first }) => lines > 300 && !/^(\/\/|\/\*).*\b[a-z]+ [a-z]+ [a-z]+/i.test(first))
  expect(long).toEqual([])
})

test('file names are kebab-case', () => {
  const odd = files.filter(
    (file) => !CONTRACTS.test(file) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(path.basename(file)),
  )
  expect(odd).toEqual([])
})

test('nothing switches type checks off', () => {
  expect(JSON.parse(read('biome.json')).linter.rules.suspicious.noExplicitAny).toBe('error')
  expect(read('biome.json').match(/noExplicitAny/g)).toHaveLength(1)
  expect(linesWith(/@ts-(ignore|nocheck)/)).toEqual([])
  expect(linesWith(/biome-ignore(-all|-start)?\s+lint(\/suspicious(\/noExplicitAny)?)?\s*:/)).toEqual([])
})

test('the environment is read by main.ts alone', () => {
  const access =
    /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[|\benv\b[^=]*\}\s*=\s*process\b|['"](node:)?process['"]/
  const uses = linesWith(access, /^src\//).filter((use) => !use.startsWith('src/main.ts:'))
  // The SDK's database takes its place from there and from nowhere else.
  expect(uses.map((use) => use.replace(/:\d+:/, ':'))).toEqual([
    'src/cli/indexer.ts: process.env.DB_URL = databaseUrl',
  ])
})

test('the dashboard knows the API by HTTP alone, and nobody knows the dashboard', () => {
  const imports = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:\bfrom|\bimport|\bimport\() *'(\.[^']*)'/g)].map(([, target = '']) => ({
      file,
      target: path.posix.normalize(path.posix.join(path.posix.dirname(file), target)),
    })),
  )
  const isPage = (name: string) => name.startsWith('src/dashboard/')
  const crossing = imports.filter(
    ({ file, target }) => file.startsWith('src/') && isPage(file) !== isPage(target),
  )
  expect(imports.some(({ file }) => isPage(file))).toBe(true)
  expect(crossing).toEqual([])
})

const manifest = JSON.parse(read('package.json'))
const lock = JSON.parse(read('package-lock.json'))
const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'devDependencies'] as const

test('every dependency is pinned to one version, and the lock file agrees', () => {
  const versionsIn = (tree: object): string[] =>
    Object.values(tree).flatMap((entry) => (typeof entry === 'string' ? [entry] : versionsIn(entry)))
  const pinned = [...DEPENDENCIES, 'overrides'].flatMap((key) => versionsIn(manifest[key] ?? {}))
  expect(pinned.length).toBeGreaterThan(0)
  expect(pinned.filter((version) => !/^(npm:[^ ]+@)?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))).toEqual(
    [],
  )
  for (const key of DEPENDENCIES) expect(lock.packages[''][key]).toEqual(manifest[key])
})

/** Binaries of the node and of DuckDB for machines other than this one: not every registry holds them, so they were locked unseen. */
const UNSEEN_PLATFORMS =
  /^node_modules\/(@foundry-rs\/anvil-(darwin-(arm64|amd64)|linux-arm64|win32-amd64)|@duckdb\/node-bindings-(darwin-(arm64|x64)|linux-arm64(-musl)?|win32-(arm64|x64)))$/

test('the lock file has a checksum for every package and names no registry', () => {
  const packages = Object.entries<{ integrity?: string; inBundle?: true }>(lock.packages).slice(1)
  const unchecked = packages.filter(
    ([name, { integrity, inBundle }]) =>
      !inBundle && !integrity?.startsWith('sha512-') && !UNSEEN_PLATFORMS.test(name),
  )
  expect(unchecked.map(([name]) => name)).toEqual([])
  expect(read('package-lock.json')).not.toMatch(/"resolved"/)
})

test('the manifest says which Node.js is needed', () => {
  const least = /^>=(\d+)\.(\d+)\.(\d+)$/.exec(manifest.engines.node)?.slice(1).map(Number)
  expect(least).toBeDefined()
  expect(lock.packages[''].engines).toEqual(manifest.engines)
})

test('the licence is version 3 of the GNU General Public License or a later one', () => {
  expect(manifest.license).toBe('GPL-3.0-or-later')
  expect(lock.packages[''].license).toBe(manifest.license)
  // The text as the Free Software Foundation publishes it, to the byte.
  expect(createHash('sha256').update(read('LICENSE')).digest('hex')).toBe(
    '3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986',
  )
})
