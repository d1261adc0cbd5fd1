import type { ErrorClass } from './rpc'

interface Wording {
  /** Who says so, as far as it was seen. */
  readonly provider: string
  readonly errorClass: ErrorClass
  readonly pattern: RegExp
}

const wording = (errorClass: ErrorClass, provider: string, pattern: RegExp): Wording => ({
  provider,
  errorClass,
  pattern,
})

/**
 * What a text says where its code does not: providers share codes (-32000, -32005, -32603) for opposite things.
 * The first one that fits counts, so the order matters: a contract's own words come first, since a revert can say
 * anything; batches come before ranges and ranges before rates, since all of them "exceed" a "limit".
 */
const WORDINGS: readonly Wording[] = [
  wording('rejected', 'geth, erigon, reth', /^execution reverted|^vm execution error|^revert\b/i),
  wording('rejected', 'nethermind, ganache, anvil', /^vm exception|^reverted\b|transaction reverted/i),
  wording('rejected', 'EVM', /invalid opcode|opcode .* not defined|stack (under|over)flow|invalid jump/i),
  wording('rejected', 'EVM', /out of gas|intrinsic gas|gas required exceeds|insufficient (funds|balance)/i),

  wording('batch-too-large', 'geth, proxyd, reth, Alchemy', /batch\b.{0,40}\btoo (large|big|many)/i),
  wording('batch-too-large', 'erigon, nethermind', /batch (size )?limit\b.*exceed|batch size exceed/i),
  wording('batch-too-large', 'Ankr, proxyd', /too many .{0,60}\bbatch/i),
  wording('batch-too-large', 'drpc', /batch of more than \d+/i),
  wording(
    'batch-too-large',
    'jsonrpsee',
    /batche?d? requests? .{0,30}(not (supported|allowed)|disabled|limited)/i,
  ),

  wording('too-large', 'Alchemy', /this block range should work|log response size exceeded/i),
  wording('too-large', 'Alchemy, Aurora', /up to a [\d,.]+k? block range/i),
  wording('too-large', 'Infura, geth forks', /try with this block range|returned more than \d+ results/i),
  wording('too-large', 'Infura', /range \d+ exceeds limit of \d+|reducing your block range/i),
  wording(
    'too-large',
    'QuickNode, Blast, BlockPI, 1RPC',
    /limited to (a )?[\d,.]+ (blocks? )?(range|block)/i,
  ),
  wording('too-large', 'Ankr, Moonbeam, Cloudflare, Base', /range( is)? too (wide|large|high|big|long)/i),
  wording(
    'too-large',
    'Chainstack, erigon',
    /block range limit exceeded|range limit of \d+|range limit exceed/i,
  ),
  wording('too-large', 'drpc', /ranges over [\d,.]+ blocks/i),
  wording('too-large', 'Blast', /exceeds the range allowed/i),
  wording('too-large', 'Tenderly, Besu', /bigger than range limit|exceeds maximum rpc range/i),
  wording('too-large', 'reth', /exceeds max (results|block range)/i),
  wording('too-large', 'BNB Chain, PublicNode', /max(imum)? block range|max range/i),
  wording('too-large', 'nethermind, erigon', /too many logs/i),
  wording('too-large', 'op-geth, Somnia', /block range (greater than|exceeds)/i),
  wording('too-large', 'Avalanche, thirdweb', /requested too many blocks|number of requested blocks is/i),
  wording('too-large', 'Coinbase, Harmony', /limit the query to at most|query must be smaller than/i),
  wording('too-large', 'Arbitrum', /matched by query exceeds limit/i),
  wording('too-large', 'TAC', /blocks distance: \d+/i),
  wording('too-large', 'geth, proxyd, 1RPC', /response (is )?too (large|big)|response size (should|exceed)/i),

  wording('rate-limited', 'all', /too many requests|rate.?limit|rate exceeded|throttl|error code: 1015/i),
  wording(
    'rate-limited',
    'Alchemy',
    /compute units per second|concurrent requests capacity|capacity limit exceeded/i,
  ),
  wording('rate-limited', 'Infura', /request count exceeded|request rate/i),
  wording('rate-limited', 'QuickNode', /\d+\/(second|minute|hour|day) request limit|request limit reached/i),
  wording('rate-limited', 'Chainstack', /exceeded the rps limit|requests limited to \d+|quota/i),
  wording('rate-limited', 'Ankr, Blast', /call rate|reached the (free tier|limit)|under too much load/i),

  wording('unauthorized', 'Infura', /invalid project id|project id settings|must be authenticated/i),
  wording(
    'unauthorized',
    'all',
    /(invalid|missing|wrong|disabled|expired|inactive) (api|access) ?(key|token)/i,
  ),
  wording(
    'unauthorized',
    'all',
    /unauthori[sz]ed|not authori[sz]ed|forbidden|access denied|api key (is )?(disabled|inv)/i,
  ),
  wording(
    'unauthorized',
    'PublicNode, QuickNode',
    /not allowed to access|origin not allowed|token is required/i,
  ),

  wording(
    'unsupported',
    'geth, drpc',
    /method .{0,80}(does not exist|not (found|available|supported|allowed|whitelisted))/i,
  ),
  wording(
    'unsupported',
    'all',
    /unsupported method|method not |is not whitelisted|not (included|available) (in|on) your/i,
  ),
  wording(
    'unsupported',
    'geth',
    /missing trie node|historical state .{0,100}(not available|unavailable)|history unavailable/i,
  ),
  wording(
    'unsupported',
    'geth, nethermind',
    /required historical state|no state available|state .{0,90}is not available/i,
  ),
  wording('unsupported', 'erigon', /due to pruning|pruned|data before .{0,60}not available/i),
  wording(
    'unsupported',
    'Infura, OpenEthereum',
    /access to archive|state pruning|archive (node|state|data|requests?)/i,
  ),
  wording('unsupported', 'reth, op-geth', /maximum proof window|no historical rpc/i),
  wording('unsupported', 'geth', /(finalized|safe)'? (block not found|tag not supported)|pre-merge/i),

  wording('behind', 'geth', /header not found|unknown block|beyond (current )?head|invalid block range/i),
  wording(
    'behind',
    'geth, erigon, reth',
    /(block|header)\b.{0,80}\b(not found|not available|could not be found|does not exist)/i,
  ),
  wording(
    'behind',
    'nethermind',
    /^\d+ could not be found|^(0x)?[0-9a-f]+ (could not be|was not|not) found/i,
  ),
  wording('behind', 'OpenEthereum', /blocks specified in filter .{0,60}cannot be found/i),
  wording('behind', 'proxyd', /block is out of range/i),
  wording('behind', 'geth', /failed to get logs for block|indexing is in progress|unfinalized data/i),
  wording(
    'behind',
    'erigon, Besu',
    /(greater|higher|later) than (the )?(latest|head|current)|in the future/i,
  ),

  wording('timeout', 'geth, drpc', /timed? ?out|timeout|deadline exceeded|took too long/i),
  wording(
    'unavailable',
    'proxyd, drpc',
    /no backend|temporary internal|try again later|is syncing|unavailable/i,
  ),
  wording(
    'rejected',
    'all',
    /invalid (argument|params?|hex|address|topic)|missing (value|required)|exceed max (addr|topic)/i,
  ),
]

/** The class that a provider's text stands for; undefined if nobody is known to say so. */
export function classOfWording(text: string): ErrorClass | undefined {
  return WORDINGS.find(({ pattern }) => pattern.test(text))?.errorClass
}
