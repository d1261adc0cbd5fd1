import type { GraphQLResolveInfo } from 'graphql'
import type { EconomyFile } from '../config/economy-file'
import type { AsOf, AsOfRequest } from '../read/as-of'
import { BlockInvalid } from '../read/errors'
import type { SnapshotExtent } from '../read/frame'
import type { Reads } from '../read/reads'
import type { Units } from '../read/units'
import type { BlockInput } from './block-input'

/** What every resolver of one operation gets. */
export interface ApiContext {
  /** All reads of one operation see one state of the database. */
  readonly reads: Reads
  readonly economy: EconomyFile
  readonly units: Units
  /** The block of each root field that has been answered, by its response key. */
  readonly asOfByField: Map<string, AsOf>
}

/**
 * Finds the block that a root field is about, and notes it for `extensions.asOf`.
 * @param extent of what is read of its snapshot: every figure, if nothing is said
 * @throws BlockInvalid (E5022) and what `Reads.resolve` refuses.
 */
export async function asOfFor(
  context: ApiContext,
  block: BlockInput | null | undefined,
  info: GraphQLResolveInfo,
  extent?: SnapshotExtent,
): Promise<AsOf> {
  return noted(await context.reads.resolve(requestOf(block), extent), context, info)
}

/** The newest indexed block, whatever its age, noted likewise: for what says nothing about now. */
export async function newestFor(context: ApiContext, info: GraphQLResolveInfo): Promise<AsOf> {
  return noted(await context.reads.newest(), context, info)
}

function noted(asOf: AsOf, context: ApiContext, info: GraphQLResolveInfo): AsOf {
  context.asOfByField.set(String(info.path.key), asOf)
  return asOf
}

function requestOf(block: BlockInput | null | undefined): AsOfRequest {
  if (block === null || block === undefined) return { kind: 'head' }
  const { number, hash, timestamp } = block
  const requests: AsOfRequest[] = []
  if (typeof number === 'number') requests.push({ kind: 'number', number })
  if (typeof hash === 'string') requests.push({ kind: 'hash', hash })
  if (typeof timestamp === 'number') requests.push({ kind: 'timestamp', timestamp })
  const [request] = requests
  if (request === undefined || requests.length !== 1) {
    throw new BlockInvalid({ problem: `${requests.length} of number, hash and timestamp are given` })
  }
  if (request.kind === 'number' && request.number < 0) {
    throw new BlockInvalid({ problem: 'a block number is not negative' })
  }
  return request
}
