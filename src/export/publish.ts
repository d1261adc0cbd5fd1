import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { FileOccupied } from './errors'
import type { FileContent, Piece } from './file-content'
import type { Manifest, ManifestFacts } from './manifest'
import { appendManifest, type StoredManifest } from './manifests'
import { addCheckpoint, type Checkpoint, openJournal, readJournal } from './part-journal'
import { hiddenBeside, publishPart, writeAll, writing } from './write-durably'

/** Rows between two checkpoints: each waits for the disk. */
const CHECKPOINT_ROWS = 100_000

export interface Publication {
  readonly manifest: Manifest
  /** Whether it was there already, complete and of just this. */
  readonly wasThere: boolean
}

type Measured = Pick<Manifest, 'sha256' | 'bytes' | 'rows'>

/**
 * Writes a file and its manifest, so that at any moment there is either nothing of it or all of it under its name. What a
 * kill or a full disk left is gone on with by the next call. The caller holds the directory's lock.
 * @param published manifests of the directory
 * @param onPiece told of each piece that is written
 * @throws FileOccupied (E7001), WriteRefused (E7005)
 */
export async function publish(
  directory: string,
  facts: ManifestFacts,
  content: FileContent,
  {
    published,
    onPiece = () => undefined,
  }: { published: readonly StoredManifest[]; onPiece?: (piece: Piece) => void },
): Promise<Publication> {
  const path = join(directory, facts.file)
  const known = published.find(({ manifest }) => manifest.file === facts.file)?.manifest
  if (known !== undefined) checkSame(known, facts)
  const isThere = await stat(path).then(
    (file) => file.isFile(),
    () => false,
  )
  if (known !== undefined && isThere) {
    if (isEqual(await measure(path), known)) return { manifest: known, wasThere: true }
    throw new FileOccupied({ file: facts.file, problem: 'is not what its manifest says' })
  }
  return writing(path, async () => {
    await mkdir(dirname(path), { recursive: true })
    const part = hiddenBeside(path, '.part')
    const journal = hiddenBeside(path, '.journal')
    const measured = await writePart({ part, journal }, facts, content, onPiece)
    if (known !== undefined && !isEqual(measured, known)) {
      throw new FileOccupied({
        file: facts.file,
        problem: 'its manifest tells of other content than it gets now',
      })
    }
    if (isThere) {
      // A kill came between the file and its manifest: it counts if it is what was made just now.
      if (!isEqual(measured, await measure(path))) {
        throw new FileOccupied({ file: facts.file, problem: 'has no manifest and other content' })
      }
      await rm(part)
    } else await publishPart(part, path)
    const manifest = known ?? (await appendManifest(directory, { ...facts, ...measured }))
    await rm(journal, { force: true })
    return { manifest, wasThere: false }
  })
}

async function writePart(
  files: { readonly part: string; readonly journal: string },
  facts: ManifestFacts,
  content: FileContent,
  onPiece: (piece: Piece) => void,
): Promise<Measured> {
  const { checkpoints, hash } = await leftOf(files, facts)
  let { rows, bytes } = checkpoints.at(-1) ?? { rows: 0, bytes: 0 }
  if (bytes > 0) await truncate(files.part, bytes)
  const part = await open(files.part, bytes > 0 ? 'a' : 'w')
  let journal: FileHandle | undefined
  try {
    let saved = rows
    for await (const piece of content(checkpoints)) {
      await writeAll(part, piece.bytes)
      hash.update(piece.bytes)
      bytes += piece.bytes.length
      rows += piece.rows
      onPiece(piece)
      if (piece.resume === undefined || rows - saved < CHECKPOINT_ROWS) continue
      await part.sync()
      journal ??= await openJournal(files.journal, facts, checkpoints)
      const { after, note } = piece.resume()
      await addCheckpoint(journal, { rows, bytes, sha256: hash.copy().digest('hex'), after, note })
      saved = rows
    }
    await part.sync()
  } finally {
    await part.close()
    await journal?.close()
  }
  return { sha256: hash.digest('hex'), bytes, rows }
}

/** The part that an earlier call left, as far as it still is what it was. */
async function leftOf(
  files: { readonly part: string; readonly journal: string },
  facts: ManifestFacts,
): Promise<{ checkpoints: readonly Checkpoint[]; hash: Hash }> {
  const checkpoints = await readJournal(files.journal, facts)
  const last = checkpoints.at(-1)
  const hash = createHash('sha256')
  if (last !== undefined) {
    const { bytes } = await hashFile(files.part, hash, last.bytes)
    if (bytes === last.bytes && hash.copy().digest('hex') === last.sha256) return { checkpoints, hash }
  }
  return { checkpoints: [], hash: createHash('sha256') }
}

async function measure(path: string): Promise<Omit<Measured, 'rows'>> {
  const hash = createHash('sha256')
  const { bytes } = await hashFile(path, hash)
  return { sha256: hash.digest('hex'), bytes }
}

/** Adds the first bytes of a file to a hash; of one that is not there, none. */
async function hashFile(
  path: string,
  hash: Hash,
  most = Number.POSITIVE_INFINITY,
): Promise<{ bytes: number }> {
  let bytes = 0
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (!isThere || most === 0) return { bytes }
  for await (const chunk of createReadStream(path, { end: most - 1 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes }
}

function isEqual(one: Omit<Measured, 'rows'>, other: Omit<Measured, 'rows'>): boolean {
  return one.sha256 === other.sha256 && one.bytes === other.bytes
}

/** @throws FileOccupied (E7001) where a manifest is of the same file, and of something else */
function checkSame(known: Manifest, facts: ManifestFacts): void {
  for (const name of Object.keys(facts) as (keyof ManifestFacts)[]) {
    // Another version of the program may have written the same.
    if (name === 'generator' || isDeepStrictEqual(known[name], facts[name])) continue
    throw new FileOccupied({ file: facts.file, problem: `its manifest has another ${name}` })
  }
}
