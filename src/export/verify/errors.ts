import { EconomyError } from '../../core/errors'

/** Where in a file something is; rows count from 1 without the header, lines from 1 with it. */
export interface FilePlace {
  readonly row?: number
  /** Of formats that are text. */
  readonly line?: number
  readonly column?: string
}

/** A data file is not what this program writes: it was cut, edited, or written by something else. */
export class FileDeviates extends EconomyError {
  readonly code = 'E7020'
  constructor(
    readonly problem: string,
    readonly place: FilePlace,
    file: string,
  ) {
    super(
      `${file}${placeText(place)}: ${problem}.`,
      { file, ...place, problem },
      'Take the file from where it came from once more, or export it again.',
    )
  }
}

/** There is nothing to verify: the directory holds no manifests. */
export class NoExport extends EconomyError {
  readonly code = 'E7021'
  constructor(facts: { directory: string; reason: string }) {
    super(
      `${facts.directory} is not a directory of exports: ${facts.reason}.`,
      facts,
      'Name the directory that was given to "ashao export" as --out; _manifests is in it.',
    )
  }
}

/** A place as it is put behind a file's name; empty for the file as a whole. */
export function placeText({ row, line, column }: FilePlace): string {
  const parts = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ]
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}
