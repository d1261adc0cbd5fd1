import type { FaultName } from '../../bench/ingest/simulator/faults'
import type { VerificationSetting } from '../../src/config/verification'

export type Mode = Exclude<VerificationSetting['mode'], 'quorum'>

/** What a fault comes to. `behind`: everything but the newest block, which such an endpoint never tells. */
export type End = 'head' | 'behind' | `E${number}`

/**
 * Of each fault: the least VERIFICATION under which no figure is ever wrong, and what comes of it where the endpoint
 * that has it is the only one, always.
 */
export const FAULTS: Readonly<Record<FaultName, { readonly needs: Mode; readonly alone: End }>> = {
  'http-429': { needs: 'none', alone: 'E3002' },
  'http-429-retry-after': { needs: 'none', alone: 'E3002' },
  'http-500': { needs: 'none', alone: 'E3002' },
  'http-502': { needs: 'none', alone: 'E3002' },
  'http-503': { needs: 'none', alone: 'E3002' },
  timeout: { needs: 'none', alone: 'E3002' },
  'connection-reset': { needs: 'none', alone: 'E3002' },
  'half-body': { needs: 'none', alone: 'E3002' },
  'invalid-json': { needs: 'none', alone: 'E3002' },
  html: { needs: 'none', alone: 'E3002' },
  'slow-loris': { needs: 'none', alone: 'E3002' },
  'huge-response': { needs: 'none', alone: 'E3002' },
  'no-batches': { needs: 'none', alone: 'head' },
  'batch-out-of-order': { needs: 'none', alone: 'head' },
  'batch-cut-short': { needs: 'none', alone: 'head' },
  'rpc-32005': { needs: 'none', alone: 'E3002' },
  'rpc-32019': { needs: 'none', alone: 'E3002' },
  'rpc-32603': { needs: 'none', alone: 'E3002' },
  'rpc-32000': { needs: 'none', alone: 'E3002' },
  'lagging-replica': { needs: 'none', alone: 'behind' },
  'head-backwards': { needs: 'none', alone: 'behind' },
  'stale-finalized': { needs: 'none', alone: 'head' },
  'empty-logs': { needs: 'bloom', alone: 'head' },
  'missing-logs': { needs: 'receipts', alone: 'head' },
  'duplicated-logs': { needs: 'none', alone: 'E3014' },
  'reordered-logs': { needs: 'none', alone: 'E3014' },
  'removed-logs': { needs: 'none', alone: 'E3014' },
  'other-block-logs': { needs: 'none', alone: 'E3014' },
  'other-hash-logs': { needs: 'none', alone: 'E3014' },
  'altered-logs': { needs: 'receipts', alone: 'head' },
  'late-logs': { needs: 'none', alone: 'head' },
  'null-blocks': { needs: 'none', alone: 'E3009' },
  'wrong-parent-hash': { needs: 'none', alone: 'E3014' },
  'wrong-timestamps': { needs: 'receipts', alone: 'E3014' },
  'wrong-block-hash': { needs: 'none', alone: 'E3014' },
  'other-chain': { needs: 'none', alone: 'E3003' },
  'other-history': { needs: 'receipts', alone: 'E3014' },
}
