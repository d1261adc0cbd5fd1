import { EconomyError } from '../core/errors'

/** The platform has no native binary of the local chain's node. */
export class AnvilMissing extends EconomyError {
  readonly code = 'E6001'
  constructor(facts: { platform: string; architecture: string; package: string }) {
    super(
      `The local chain has no node binary for ${facts.platform}-${facts.architecture}.`,
      facts,
      `Run npm install without --omit=optional on a platform that has ${facts.package}, or set RPC_URL to a chain that runs elsewhere.`,
    )
  }
}

/** A package whose compiled contracts the local chain deploys is not installed. */
export class ContractPackageMissing extends EconomyError {
  readonly code = 'E6002'
  constructor(facts: { module: string }) {
    super(
      `The local chain cannot find ${facts.module}.`,
      facts,
      'Run npm install without --omit=optional, or set RPC_URL to a chain that runs elsewhere.',
    )
  }
}

/** The port of the local chain belongs to another program. */
export class PortInUse extends EconomyError {
  readonly code = 'E6003'
  constructor(facts: { port: number; variable: 'DEVNET_PORT' }) {
    super(
      `Port ${facts.port} of 127.0.0.1 is in use, so the local chain cannot listen on it.`,
      facts,
      'Set DEVNET_PORT to a free port, or end the program that holds this one.',
    )
  }
}

/** Another running process owns the chain in this directory. */
export class ChainInUse extends EconomyError {
  readonly code = 'E6004'
  constructor(facts: { directory: string; ownerPid: number; anvilPid: number }) {
    super(
      `The local chain in ${facts.directory} is already run by process ${facts.ownerPid}.`,
      facts,
      'End that process, or set DATA_DIR to another directory.',
    )
  }
}

/** The node ended before it answered. */
export class AnvilFailed extends EconomyError {
  readonly code = 'E6005'
  constructor(facts: { port: number; exitCode: number | null; signal: string | null; output: string }) {
    super(
      `The node of the local chain on port ${facts.port} ended before it answered.`,
      facts,
      "Read its output below; if its saved state is damaged, remove the data directory's chain folder: it is made anew.",
    )
  }
}

/** The node answered a request with an error. */
export class RpcRefused extends EconomyError {
  readonly code = 'E6006'
  constructor(facts: { method: string; rpcCode: number; reason: string }) {
    super(
      `The node of the local chain refused ${facts.method}: ${facts.reason}`,
      facts,
      'Read the reason; if it persists, remove the chain folder of the data directory: it is made anew.',
    )
  }
}

/** The node could not be reached. */
export class RpcUnreachable extends EconomyError {
  readonly code = 'E6007'
  constructor(facts: { method: string; port: number; reason: string }) {
    super(
      `The node of the local chain on port ${facts.port} did not answer ${facts.method}.`,
      facts,
      'Start the program again: the chain resumes from its last saved state.',
    )
  }
}

/** A transaction of the scripted economy failed, so the chain would not be what the script says. */
export class ScriptedTransactionFailed extends EconomyError {
  readonly code = 'E6008'
  constructor(facts: { block: number; sent: number; included: number; failed: readonly string[] }) {
    super(
      `Block ${facts.block} of the local chain lacks a transaction of the script, or one of them reverted.`,
      facts,
      'This is a defect of the script: please report what is below, the seed and the number of days.',
    )
  }
}

/** The saved chain cannot be read, or is another one than its record says. */
export class SavedChainDamaged extends EconomyError {
  readonly code = 'E6009'
  constructor(facts: { directory: string; expected: string; found: string }) {
    super(
      `The local chain saved in ${facts.directory} is damaged.`,
      facts,
      'Remove that directory: the chain is made anew, with other blocks, so reset the index too.',
    )
  }
}
