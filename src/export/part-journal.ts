import { type FileHandle, open, readFile } from 'node:fs/promises'
import { GROUP_ROWS } from './encoder'
import type { ManifestFacts } from './manifest'
import { writeAll } from './write-durably'

/** The last row of a part of a file; of rows that are one for each block, the block. */
export interface RowPosition {
  readonly blockNumber: number
  readonly logIndex: number
}

/** How far a file is: everything that it takes to go on with it. */
export interface Checkpoint {
  readonly rows: number
  readonly bytes: number
  /** Of those bytes. */
  readonly sha256: string
  readonly after: RowPosition
  /** The encoder's note on the rows since the checkpoint before. */
  readonly note: string
}

/** Raised when parts of an older version must not be gone on with. */
const JOURNAL_VERSION = 1

/** What was left of a file by an export of just this; nothing where there is none, or it was of something else. */
export async function readJournal(path: string, facts: ManifestFacts): Promise<readonly Checkpoint[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [identity, ...lines] = text.split('\n')
  // What is behind the last line end was cut off by a kill.
  return identity === identityOf(facts) ? lines.slice(0, -1).flatMap(checkpointIn) : []
}

/** Opens a journal to add to: behind checkpoints that were read from it, or anew where there are none. To be closed. */
export async function openJournal(
  path: string,
  facts: ManifestFacts,
  checkpoints: readonly Checkpoint[],
): Promise<FileHandle> {
  const lines = [identityOf(facts), ...checkpoints.map((checkpoint) => JSON.stringify(checkpoint))]
  const text = Buffer.from(`${lines.join('\n')}\n`)
  // Checkpoints that hold are never written again: a kill between would take them away.
  const journal = await open(path, checkpoints.length > 0 ? 'a' : 'w')
  if (checkpoints.length > 0) await journal.truncate(text.length)
  else await writeAll(journal, text)
  return journal
}

/** To be called only once the bytes of the part itself are synced. */
export async function addCheckpoint(journal: FileHandle, checkpoint: Checkpoint): Promise<void> {
  await writeAll(journal, Buffer.from(`${JSON.stringify(checkpoint)}\n`))
  await journal.sync()
}

function identityOf(facts: ManifestFacts): string {
  return JSON.stringify({ journal: JOURNAL_VERSION, groupRows: GROUP_ROWS, facts })
}

function checkpointIn(line: string): Checkpoint[] {
  try {
    return [JSON.parse(line) as Checkpoint]
  } catch {
    return []
  }
}
