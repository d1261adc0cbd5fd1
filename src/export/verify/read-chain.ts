import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { METHODOLOGY_VERSION, SCHEMA_VERSION } from '../../core/datasets/dataset'
import { MANIFEST_FOLDER, type Manifest } from '../manifest'
import { shapeProblem } from '../manifest-shape'
import { NoExport } from './errors'
import type { Findings } from './finding'
import { manifestSchema } from './manifest-schema'

/** A manifest that could be read, and where it is. */
export interface ChainedManifest {
  /** Path within the directory. */
  readonly path: string
  readonly manifest: Manifest
}

export interface Chain {
  readonly manifests: readonly ChainedManifest[]
  /** Paths of all manifests, those that could not be read among them. */
  readonly paths: readonly string[]
  /** The newest one: its hash stands for all of them, and for every file that they name. */
  readonly newest: { readonly path: string; readonly sha256: string }
}

/** Beyond it a manifest is none; every one is read whole. */
const MOST_BYTES = 64 * 1_024

/**
 * Reads the chain of manifests and holds each against the one before.
 * @throws NoExport (E7021)
 */
export async function readChain(directory: string, { add }: Findings): Promise<Chain> {
  const names = await manifestNames(directory)
  const manifests: ChainedManifest[] = []
  let previous: string | null = null
  let expected = 1
  for (const name of names) {
    const path = `${MANIFEST_FOLDER}/${name}`
    const sequence = Number.parseInt(name, 10)
    if (sequence > expected) {
      const [first, last] = [manifestPath(expected), manifestPath(sequence - 1)]
      const missing = first === last ? `${first} is missing` : `${first} to ${last} are missing`
      add({ law: 'chain', file: path, problem: `${missing} before it` })
    }
    expected = sequence + 1
    const bytes = await readFile(join(directory, path))
    const manifest = readManifest(bytes, path, add)
    if (manifest !== undefined) {
      const problem = shapeProblem(manifest)
      // What is a contradiction cannot be held against anything.
      if (problem === undefined) manifests.push({ path, manifest })
      else add({ law: 'manifest', file: path, problem })
      checkLink(manifest, { path, sequence, previous }, add)
      checkVersions(manifest, path, add)
    }
    previous = createHash('sha256').update(bytes).digest('hex')
  }
  const paths = names.map((name) => `${MANIFEST_FOLDER}/${name}`)
  return { manifests, paths, newest: { path: paths.at(-1) ?? '', sha256: previous ?? '' } }
}

async function manifestNames(directory: string): Promise<string[]> {
  let names: string[]
  try {
    const entries = await readdir(join(directory, MANIFEST_FOLDER), { withFileTypes: true })
    names = entries
      .filter((entry) => entry.isFile() && /^\d{6}\.json$/.test(entry.name))
      .map(({ name }) => name)
  } catch {
    throw new NoExport({ directory, reason: `it has no ${MANIFEST_FOLDER} that can be read` })
  }
  if (names.length === 0)
    throw new NoExport({ directory, reason: `there is no manifest in ${MANIFEST_FOLDER}` })
  return names.sort()
}

function manifestPath(sequence: number): string {
  return `${MANIFEST_FOLDER}/${String(sequence).padStart(6, '0')}.json`
}

function readManifest(bytes: Buffer, path: string, add: Findings['add']): Manifest | undefined {
  const wrong = (problem: string): undefined => add({ law: 'manifest', file: path, problem }) as undefined
  if (bytes.length > MOST_BYTES) return wrong(`it has ${bytes.length} bytes, and no manifest has that many`)
  let content: unknown
  try {
    content = JSON.parse(bytes.toString('utf8'))
  } catch {
    return wrong('it is not JSON')
  }
  const parsed = manifestSchema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return wrong(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is wrong'}`)
  }
  if (!bytes.equals(Buffer.from(`${JSON.stringify(parsed.data, null, 2)}\n`))) {
    wrong('it is not written the way this program writes manifests')
  }
  return parsed.data
}

function checkLink(
  manifest: Manifest,
  at: { readonly path: string; readonly sequence: number; readonly previous: string | null },
  add: Findings['add'],
): void {
  const file = at.path
  if (manifest.sequence !== at.sequence) {
    add({ law: 'chain', file, problem: `sequence is ${manifest.sequence}, and its name says ${at.sequence}` })
  }
  if (manifest.previous !== at.previous) {
    const expected =
      at.previous === null ? 'null, for it is the first' : `that of the manifest before, ${at.previous}`
    add({ law: 'chain', file, problem: `previous is ${manifest.previous}, and should be ${expected}` })
  }
  if (manifest.toBlock < manifest.fromBlock) {
    const problem = `toBlock ${manifest.toBlock} is before fromBlock ${manifest.fromBlock}`
    add({ law: 'manifest', file, problem })
  }
}

function checkVersions(manifest: Manifest, file: string, add: Findings['add']): void {
  const known = { schemaVersion: SCHEMA_VERSION, methodologyVersion: METHODOLOGY_VERSION }
  for (const name of ['schemaVersion', 'methodologyVersion'] as const) {
    if (manifest[name] === known[name]) continue
    const problem = `${name} is ${manifest[name]}, and this program knows ${known[name]}`
    add({ law: 'manifest', file, problem })
  }
}
