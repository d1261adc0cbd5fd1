import type { StoredManifest } from '../export/manifests'
import type { Publication } from '../export/publish'
import { spellBytes, spellCount } from './spell-number'

const HEADINGS = ['file', 'rows', 'size', 'sha256', ''] as const

/**
 * What an export has published, as a person reads it: one line for each file.
 * @param newest the last manifest of the directory: its hash stands for all of them
 */
export function exportTable(
  directory: string,
  publications: readonly Publication[],
  newest: Pick<StoredManifest, 'path' | 'sha256'> | undefined,
): string {
  const rows = publications.map(({ manifest, wasThere }) => [
    manifest.file,
    spellCount(manifest.rows),
    spellBytes(manifest.bytes),
    manifest.sha256.slice(0, 12),
    wasThere ? 'was there already' : '',
  ])
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = [HEADINGS, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  const total = (of: (publication: Publication) => number): number =>
    publications.reduce((sum, publication) => sum + of(publication), 0)
  const made = publications.filter(({ wasThere }) => !wasThere).length
  return [
    ...lines,
    '',
    `${spellCount(total(({ manifest }) => manifest.rows))} rows, ${spellBytes(total(({ manifest }) => manifest.bytes))} in ${directory}: ` +
      `${made} of ${publications.length} files new.`,
    `"ashao verify ${directory}" checks them.`,
    ...(newest === undefined
      ? []
      : [
          '',
          'Keep this one value: it stands for all manifests, and so for all files.',
          `SHA-256 of ${newest.path}`,
          newest.sha256,
        ]),
    '',
  ].join('\n')
}
