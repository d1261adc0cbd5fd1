import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ManifestMissing, ManifestUnreadable } from './errors'
import { MANIFEST_FOLDER, type Manifest } from './manifest'
import { manifestSchema } from './verify/manifest-schema'
import { writeDurably } from './write-durably'

export interface StoredManifest {
  /** Within the directory, with `/`. */
  readonly path: string
  /** Of its bytes: what the next one says as `previous`. */
  readonly sha256: string
  readonly manifest: Manifest
}

/**
 * All manifests of a directory, in their order; none where there is no directory yet. Whether they hold is not looked at.
 * @throws ManifestMissing (E7003), ManifestUnreadable (E7004)
 */
export async function readManifests(directory: string): Promise<readonly StoredManifest[]> {
  const stored: StoredManifest[] = []
  for (const path of await manifestPaths(directory)) stored.push(await readManifest(directory, path))
  return stored
}

/**
 * Publishes what is said of a file, behind the manifests that are there. One process at a time.
 * @throws ManifestMissing (E7003), ManifestUnreadable (E7004), WriteRefused (E7005)
 */
export async function appendManifest(
  directory: string,
  facts: Omit<Manifest, 'manifestVersion' | 'sequence' | 'previous'>,
): Promise<Manifest> {
  const paths = await manifestPaths(directory)
  const last = paths.at(-1)
  const previous = last === undefined ? null : (await readManifest(directory, last)).sha256
  const sequence = paths.length + 1
  const manifest: Manifest = { manifestVersion: 1, sequence, previous, ...facts }
  await writeDurably(join(directory, manifestPath(sequence)), manifestText(manifest))
  return manifest
}

/** A manifest as it is written: its members in the order of the schema, whatever order they were put together in. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`
}

async function manifestPaths(directory: string): Promise<readonly string[]> {
  const names = await readdir(join(directory, MANIFEST_FOLDER)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found = names.filter((name) => /^\d{6}\.json$/.test(name)).sort()
  return found.map((name, index) => {
    const path = manifestPath(index + 1)
    if (path === `${MANIFEST_FOLDER}/${name}`) return path
    throw new ManifestMissing({ directory, missing: path, found: name })
  })
}

function manifestPath(sequence: number): string {
  return `${MANIFEST_FOLDER}/${String(sequence).padStart(6, '0')}.json`
}

async function readManifest(directory: string, path: string): Promise<StoredManifest> {
  const bytes = await readFile(join(directory, path))
  const unreadable = (problem: string): ManifestUnreadable => new ManifestUnreadable({ file: path, problem })
  let content: unknown
  try {
    content = JSON.parse(bytes.toString())
  } catch {
    throw unreadable('it is not JSON')
  }
  const parsed = manifestSchema.safeParse(content)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw unreadable(`${issue?.path.join('.') || 'it'}: ${issue?.message}`)
  }
  return { path, sha256: sha256Of(bytes), manifest: parsed.data }
}

function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
