import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { PROJECT } from '../support/product'

const CRUISER_CONFIG = '.dependency-cruiser.cjs'
const binary = (name: string) => path.join(PROJECT, 'node_modules', '.bin', name)

async function run(command: string, args: readonly string[], cwd = PROJECT) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [status] = await once(child, 'close')
  return { status: status as number | null, stdout, stderr }
}

describe('the tools find nothing', () => {
  test.each([
    ['Biome', binary('biome'), ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=100', '.']],
    ['the type checker', binary('tsc'), ['--noEmit', '--pretty', 'false']],
    [
      'the type checker, of the page',
      binary('tsc'),
      ['--noEmit', '--pretty', 'false', '-p', 'src/dashboard'],
    ],
    ['the direction rules', binary('depcruise'), ['--config', CRUISER_CONFIG, 'src']],
    ['the search for dead code', binary('knip'), ['--no-progress']],
    ['the check of generated files', process.execPath, ['scripts/generate.mjs', '--check']],
  ])('%s', { timeout: 300_000 }, async (_, command, args) => {
    const { status, stdout, stderr } = await run(command, args)
    expect(status, `${path.basename(command)} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
  })
})

/**
 * What the direction rules really allow, tried on a small tree that has the rooms of src: one file in each room for each
 * other room, which it imports.
 */
describe('the direction rules bite', () => {
  const rooms = readdirSync(path.join(PROJECT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  const planted = {
    'src/core/reads-a-file.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
    'src/core/uses-a-package.ts': "import { parse } from 'yaml'\nexport const read = parse\n",
    'src/config.ts': 'export const config = 1\n',
    'src/config/environment.ts': 'export const environment = 1\n',
    'src/chain/uses-the-parser.ts':
      "import { environment } from '../config/environment'\nexport default environment\n",
    'src/rest/uses-the-loader.ts': "import { config } from '../config'\nexport default config\n",
    'src/rest/uses-a-ghost.ts': "import { ghost } from '../core/ghost'\nexport default ghost\n",
    'src/cli/uses-a-tool.ts': "import fc from 'fast-check'\nexport default fc\n",
    'src/cli/hen.ts': "import { egg } from './egg'\nexport const hen = () => egg\n",
    'src/cli/egg.ts': "import { hen } from './hen'\nexport const egg = () => hen\n",
    'src/main.ts': "import { room } from './cli/room'\nexport default room\n",
    'src/indexer/uses-main.ts': "import main from '../main'\nexport default main\n",
  }
  let violations: { rule: { name: string }; from: string; to: string }[] = []

  beforeAll(async () => {
    const tree = mkdtempSync(path.join(tmpdir(), 'ashao-directions-'))
    try {
      for (const file of [CRUISER_CONFIG, 'tsconfig.json', 'package.json'])
        copyFileSync(path.join(PROJECT, file), path.join(tree, file))
      symlinkSync(path.join(PROJECT, 'node_modules'), path.join(tree, 'node_modules'))
      for (const from of rooms) {
        mkdirSync(path.join(tree, 'src', from), { recursive: true })
        writeFileSync(path.join(tree, 'src', from, 'room.ts'), 'export const room = 1\n')
        for (const to of rooms) {
          const text = `import { room } from '../${to}/room'\nexport default room\n`
          if (to !== from) writeFileSync(path.join(tree, 'src', from, `to-${to}.ts`), text)
        }
      }
      for (const [file, text] of Object.entries(planted)) writeFileSync(path.join(tree, file), text)
      const args = ['--config', CRUISER_CONFIG, '--output-type', 'json', 'src']
      const { stdout, stderr } = await run(binary('depcruise'), args, tree)
      expect(stdout, stderr).toMatch(/^\{/)
      violations = JSON.parse(stdout).summary.violations
    } finally {
      rmSync(tree, { recursive: true, force: true })
    }
  })

  const rulesBrokenBy = (file: string) =>
    [...new Set(violations.filter(({ from }) => from === file).map(({ rule }) => rule.name))].sort()

  test.each([
    ['src/core/reads-a-file.ts', 'core-is-pure'],
    ['src/core/uses-a-package.ts', 'core-is-pure'],
    ['src/store/to-read.ts', 'store-imports'],
    ['src/read/to-store.ts', 'read-imports'],
    ['src/graphql/to-rest.ts', 'graphql-imports'],
    ['src/chain/uses-the-parser.ts', 'config-types-only'],
    ['src/rest/uses-the-loader.ts', 'config-types-only'],
    ['src/rest/uses-a-ghost.ts', 'resolvable'],
    ['src/cli/uses-a-tool.ts', 'no-dev-dependencies-at-run-time'],
    ['src/cli/egg.ts', 'no-cycles'],
    ['src/indexer/uses-main.ts', 'only-roots-compose'],
    ['src/devnet/to-cli.ts', 'only-roots-compose'],
    ['src/config/to-devnet.ts', 'devnet-is-optional'],
  ])('%s breaks %s', (file, rule) => {
    expect(rulesBrokenBy(file)).toContain(rule)
  })

  test('a room may import exactly what the table in CONTRIBUTING.md says', () => {
    const contributing = readFileSync(path.join(PROJECT, 'CONTRIBUTING.md'), 'utf8')
    const table = /^\| *room *\|.*\n\|[-| ]+\n((?:\|.*\n)+)/m.exec(contributing)?.[1] ?? ''
    const documented = table
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [, names = '', , targets = ''] = row.split('|').map((cell) => cell.trim())
        const spans = (cell: string) => [...cell.matchAll(/`([a-z]+)\/`/g)].map(([, name = '']) => name)
        const all = rooms.filter((room) => !spans(targets.split('except')[1] ?? '').includes(room))
        return spans(names).map((room) => {
          const allowed = targets.startsWith('anything') ? all : spans(targets)
          return [room, allowed.filter((name) => name !== room).sort()]
        })
      })
    const allowed = rooms.map((from) => [
      from,
      rooms.filter((to) => to !== from && rulesBrokenBy(`src/${from}/to-${to}.ts`).length === 0),
    ])
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(allowed))
  })
})
