import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { vi } from 'vitest'
import { runExport } from '../../src/cli/export-role'
import { runReperform } from '../../src/cli/reperform-role'
import type { Manifest } from '../../src/export/manifest'
import { manifestText } from '../../src/export/manifests'

/** How a command ended, and what it printed, both streams. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** A command of the program, run in this process. */
export async function running(command: () => Promise<number>): Promise<Ended> {
  let output = ''
  const write = ((text: string | Uint8Array) => {
    output += text
    return true
  }) as typeof process.stdout.write
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(write),
  )
  try {
    return { code: await command(), output }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

type Variables = Readonly<Record<string, string>>

/** Exports into a directory; throws if that fails. */
export async function exporting(variables: Variables, out: string, words: string): Promise<void> {
  const { code, output } = await running(() => runExport(variables, [...words.split(' '), '--out', out]))
  if (code !== 0) throw new Error(`the export ended with ${code}:\n${output}`)
}

/** Re-performs a directory with a node alone. */
export function reperforming(directory: string, rpc: string, ...words: string[]): Promise<Ended> {
  // The directory of another program's data: nothing of it may be looked for.
  const variables = { DATA_DIR: path.join(directory, 'nowhere') }
  return running(() => runReperform(variables, [directory, '--rpc', rpc, ...words]))
}

/** A directory that is gone when the tests are over. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ashao-exports-'))
  return { path: directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

export function manifestsOf(directory: string): Manifest[] {
  const folder = path.join(directory, '_manifests')
  const names = readdirSync(folder)
    .filter((name) => /^\d{6}\.json$/.test(name))
    .sort()
  return names.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Manifest)
}

export function manifestOf(
  directory: string,
  dataset: Manifest['dataset'],
  format: Manifest['format'],
): Manifest {
  const found = manifestsOf(directory).find((each) => each.dataset === dataset && each.format === format)
  if (found === undefined) throw new TypeError(`there is no ${dataset} as ${format}`)
  return found
}

/** SHA-256 of every file of the directory, manifests among them. */
export function hashesOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
  return Object.fromEntries(
    names.map((name) => [path.relative(directory, name), sha256(readFileSync(name))] as const).sort(),
  )
}

/** What somebody does who knows how manifests work: changes a file, and has all manifests fit it again. */
export function forged(
  directory: string,
  file: string,
  change: (bytes: Buffer) => Uint8Array | string,
  facts: (manifest: Manifest) => Partial<Manifest> = () => ({}),
): { readonly path: string; remove(): void } {
  const copy = temporaryDirectory()
  cpSync(directory, copy.path, { recursive: true })
  const place = path.join(copy.path, file)
  const bytes = Buffer.from(change(readFileSync(place)))
  writeFileSync(place, bytes)
  let previous: string | null = null
  for (const manifest of manifestsOf(copy.path)) {
    const content =
      manifest.file === file ? { bytes: bytes.length, sha256: sha256(bytes), ...facts(manifest) } : {}
    const text = manifestText({ ...manifest, ...content, previous })
    const name = `${String(manifest.sequence).padStart(6, '0')}.json`
    writeFileSync(path.join(copy.path, '_manifests', name), text)
    previous = sha256(Buffer.from(text))
  }
  return copy
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
