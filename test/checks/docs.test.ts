import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT } from '../support/product'

const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8')

/** What a newcomer, an operator and an auditor begin with. */
const REQUIRED = ['README.md', 'CONTRIBUTING.md', 'INVARIANTS.md', 'CHANGELOG.md']
const documents = [
  ...REQUIRED.filter((file) => existsSync(path.join(PROJECT, file))),
  ...readdirSync(path.join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll(path.sep, '/')}`),
]

const withoutFences = (text: string) => text.replaceAll(/^```.*\n(?:[\s\S]*?\n)?```$/gm, '')
const withoutCode = (text: string) => withoutFences(text).replaceAll(/`[^`\n]*`/g, '')

/** What stands in code: the insides of fences, and spans between backticks. */
function codeOf(text: string): string[] {
  const fences = [...text.matchAll(/^```.*\n([\s\S]*?)```$/gm)].map(([, inside = '']) => inside)
  const spans = [...withoutFences(text).matchAll(/`([^`]+)`/g)].map(([, inside = '']) => inside)
  return [...fences, ...spans]
}

/** Anchors as they are made of headings: lower case, punctuation gone, spaces as hyphens, repeats numbered. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = plain.replaceAll(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

test('the documents that everyone begins with are there', () => {
  expect(REQUIRED.filter((file) => !documents.includes(file))).toEqual([])
})

describe.each(documents)('%s', (document) => {
  const text = read(document)

  test('every link leads to a file, and to a heading of it', () => {
    const inline = [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
    const byReference = [...withoutCode(text).matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)]
    const broken = [...inline, ...byReference]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
      .filter((target) => {
        const [file = '', anchor] = decodeURIComponent(target).split('#')
        const place = file === '' ? document : path.join(path.dirname(document), file)
        if (!existsSync(path.join(PROJECT, place))) return true
        return anchor !== undefined && !(place.endsWith('.md') && anchorsOf(read(place)).has(anchor))
      })
    expect(broken).toEqual([])
  })

  test('every npm command exists', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const builtIn = new Set([
      'ci',
      'install',
      'prune',
      'audit',
      'ls',
      'outdated',
      'update',
      'view',
      'exec',
      'pack',
    ])
    const unknown = codeOf(text)
      .flatMap((code) => [
        ...code.matchAll(/\bnpm((?: +-{1,2}\S+)*) +(run +(?:-{1,2}\S+ +)*)?([a-z][\w:-]*)/g),
      ])
      .filter(([, , run, name = '']) => !(name in scripts) && (run !== undefined || !builtIn.has(name)))
      .map(([command]) => command)
    // `npm run X` for what is no life-cycle script; npm itself knows `npm test` and `npm start` only.
    const bare = codeOf(text)
      .flatMap((code) => [...code.matchAll(/\bnpm ([a-z][\w:-]*)/g)])
      .filter(([, name = '']) => name in scripts && !['test', 'start', 'stop', 'restart'].includes(name))
      .map(([command]) => command)
    expect([...unknown, ...bare]).toEqual([])
  })

  test('every file of the repository that it names exists', () => {
    const missing = codeOf(withoutFences(text))
      .filter((code) => /^(src|test|scripts|db|docs|abi|bench)\/[\w./-]*$/.test(code))
      .filter((file) => !existsSync(path.join(PROJECT, file)))
    expect(missing).toEqual([])
  })
})

test('every document asks for the Node.js that package.json asks for', () => {
  const asked = documents.flatMap((document) =>
    [...read(document).matchAll(/\bNode\.js (\d+\.\d+\.\d+)/g)].map(
      ([, version]) => `${document}: >=${version}`,
    ),
  )
  const { node } = JSON.parse(read('package.json')).engines
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((each) => !each.endsWith(`: ${node}`))).toEqual([])
})

test('the tables of variables name exactly what the program reads', () => {
  // Nothing else in that file is a text in capitals.
  const known = [...read('src/config/environment.ts').matchAll(/'([A-Z][A-Z0-9_]+)'/g)].map(
    ([, name]) => name,
  )
  expect(known.length).toBeGreaterThan(10)
  const documented = documents.flatMap((document) =>
    [
      ...withoutFences(read(document)).matchAll(/^\| *variable *\|.*\n\|[-|: ]+\n((?:\|.*(?:\n|$))+)/gim),
    ].flatMap(([, rows = '']) =>
      rows
        .trim()
        .split('\n')
        .flatMap((row) => [...row.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map(([, name]) => name)),
    ),
  )
  expect([...new Set(documented)].sort()).toEqual([...new Set(known)].sort())
})

describe('INVARIANTS.md', () => {
  const text = documents.includes('INVARIANTS.md') ? read('INVARIANTS.md') : ''
  const laws = text
    .split(/^(?=- \*\*I\d+\b)/m)
    .slice(1)
    .map((law) => law.split(/\n(?:\s*\n)*(?=#|- |\S)(?! )/)[0] ?? '')
    .map((law) => law.replaceAll(/\s+/g, ' '))
    .map((law) => ({ name: /I\d+/.exec(law)?.[0] ?? '', law }))

  test('its laws are numbered from 1, without a gap', () => {
    expect(laws.length).toBeGreaterThan(0)
    expect(laws.map(({ name }) => name)).toEqual(laws.map((_, index) => `I${index + 1}`))
  })

  test.each(laws)('$name names a test that exists', ({ law }) => {
    const checked = law
      .split(/checked by/i)
      .slice(1)
      .join(' ')
    const TITLES = /`(test\/[^`]+\.test\.ts)`,? *\(((?:(?:[,;] *| *and *)*"[^"]+")+)\)/g
    const named = [...checked.matchAll(TITLES)].flatMap(([, file = '', titles = '']) =>
      [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
    )
    expect(named, law).not.toEqual([])
    expect(named.map(({ file }) => file)).toEqual(
      expect.arrayContaining([...checked.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file)),
    )
    const missing = named.filter(({ file, title }) => {
      if (!existsSync(path.join(PROJECT, file))) return true
      const source = read(file).replaceAll('\\', '')
      return !['"', "'", '`'].some((quote) => source.includes(`${quote}${title}${quote}`))
    })
    expect(missing).toEqual([])
  })
})
