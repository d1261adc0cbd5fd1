import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '../../../src/export/manifest'

const LINE_END = '\r\n'

/** A row of a CSV file by its columns, as a forger edits it. */
export type Fields = Record<string, string>

/** Rewrites the rows of a CSV file of the directory; its header stays. */
export async function editRows(
  directory: string,
  file: string,
  edit: (rows: Fields[]) => readonly Fields[],
): Promise<void> {
  const path = join(directory, file)
  const [header = '', ...lines] = (await readFile(path, 'utf8')).split(LINE_END).slice(0, -1)
  const names = header.split(',')
  const rows = lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
  const edited = edit(rows).map((row) => names.map((name) => row[name]).join(','))
  await writeFile(path, [header, ...edited, ''].join(LINE_END))
}

export async function editText(
  directory: string,
  file: string,
  edit: (text: string) => string,
): Promise<void> {
  const path = join(directory, file)
  await writeFile(path, edit(await readFile(path, 'utf8')))
}

/** Rewrites a manifest, and nothing else. */
export async function editManifest(
  directory: string,
  sequence: number,
  edit: (manifest: Manifest) => object,
): Promise<void> {
  const path = join(directory, '_manifests', `${String(sequence).padStart(6, '0')}.json`)
  await writeFile(path, textOf(edit(JSON.parse(await readFile(path, 'utf8')))))
}

/**
 * What a forger does who knows how exports are sealed: measures every file anew, and links all manifests anew. Their numbers
 * are made to follow each other, so that none seems to be missing.
 */
export async function sealAgain(directory: string): Promise<void> {
  const folder = join(directory, '_manifests')
  const names = (await readdir(folder)).filter((name) => /^\d{6}\.json$/.test(name)).sort()
  let previous: string | null = null
  for (const [index, name] of names.entries()) {
    const manifest: Manifest = JSON.parse(await readFile(join(folder, name), 'utf8'))
    const measured = await measure(join(directory, manifest.file))
    const economy = await measure(join(directory, manifest.economy.file))
    const text: string = textOf({
      ...manifest,
      sequence: index + 1,
      previous,
      ...(measured && {
        sha256: measured.sha256,
        bytes: measured.bytes,
        rows: measured.lines - (manifest.format === 'csv' ? 1 : 0),
      }),
      ...(economy && { economy: { ...manifest.economy, sha256: economy.sha256 } }),
    })
    previous = createHash('sha256').update(text).digest('hex')
    await rm(join(folder, name))
    await writeFile(join(folder, `${String(index + 1).padStart(6, '0')}.json`), text)
  }
}

async function measure(path: string): Promise<{ sha256: string; bytes: number; lines: number } | undefined> {
  const content = await readFile(path).catch(() => undefined)
  if (content === undefined) return undefined
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { sha256, bytes: content.length, lines: content.toString('utf8').split('\n').length - 1 }
}

function textOf(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}
