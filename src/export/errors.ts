import { EconomyError } from '../core/errors'

/** A file of that name is there, and is not what is to be written. */
export class FileOccupied extends EconomyError {
  readonly code = 'E7001'
  constructor(facts: { file: string; problem: string }) {
    super(
      `${facts.file} is in the directory already, and ${facts.problem}.`,
      facts,
      'Nothing is overwritten: export into another directory, or move that one away.',
    )
  }
}

/** Another export writes into the directory. */
export class DirectoryBusy extends EconomyError {
  readonly code = 'E7002'
  constructor(facts: { directory: string; pid: number }) {
    super(
      `Process ${facts.pid} exports into ${facts.directory}.`,
      facts,
      'Wait until it is done, or export into another directory.',
    )
  }
}

/** A number is missing between the manifests of a directory. */
export class ManifestMissing extends EconomyError {
  readonly code = 'E7003'
  constructor(facts: { directory: string; missing: string; found: string }) {
    super(
      `${facts.directory} has ${facts.found}, and not ${facts.missing} before it.`,
      facts,
      'Get the missing manifest from where the directory was copied from; without it nobody can tell what was taken away.',
    )
  }
}

/** A manifest is not one that this version understands. */
export class ManifestUnreadable extends EconomyError {
  readonly code = 'E7004'
  constructor(facts: { file: string; problem: string }) {
    super(
      `${facts.file} is not a manifest that this version reads: ${facts.problem}.`,
      facts,
      'Read the directory with the version that its manifests name as generator, or get an unchanged copy.',
    )
  }
}

/** The system refuses to write. */
export class WriteRefused extends EconomyError {
  readonly code = 'E7005'
  constructor(facts: { file: string; reason: string }) {
    super(
      `${facts.file} cannot be written (${facts.reason}).`,
      facts,
      'Make room or choose another directory; the same command then goes on where it stopped.',
    )
  }
}

/** A month is there with other blocks: who reads the folder would count rows twice. */
export class MonthOccupied extends EconomyError {
  readonly code = 'E7006'
  constructor(facts: { file: string; there: string; month: string }) {
    super(
      `${facts.file} would lie beside ${facts.there}: two parts of ${facts.month}, whose rows overlap.`,
      facts,
      'Nothing was written. Export months that are over, with --to; or into another directory.',
    )
  }
}
