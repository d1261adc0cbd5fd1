import { type Known, useAnswer } from '../data/answers'
import { ask, NoAnswer } from '../data/ask'
import {
  CorrectionsDocument,
  type CorrectionsQuery,
  CoverageDocument,
  type CoverageQuery,
  DigestAtDocument,
  type DigestAtQuery,
  FinalBlockDocument,
  LastReconciliationDocument,
  type LastReconciliationQuery,
} from '../generated'
import { useStood } from './standing'

/** The newest comparison with the contracts, line by line. */
export function useLastReconciliation(): Known<LastReconciliationQuery> {
  const newest = useStood().answer?.index.reconciliations[0]?.id ?? ''
  return useAnswer(`reconciliation ${newest}`, () => ask(LastReconciliationDocument, {}), 'never')
}

/** The rows that were taken back last. What took their place may become known later. */
export function useCorrections(): Known<CorrectionsQuery> {
  const newest = useStood().answer?.index.corrections[0]?.id ?? ''
  return useAnswer(`corrections ${newest}`, () => ask(CorrectionsDocument, {}), 'seldom')
}

/** How the blocks were read and verified, and what the history starts from. */
export function useCoverage(): Known<CoverageQuery> {
  return useAnswer('coverage', () => ask(CoverageDocument, {}), 'seldom')
}

/** What the history says at the newest block that is final; null where none is. */
export function useFinalDigest(): Known<DigestAtQuery['asOf'] | null> {
  return useAnswer('digest', finalDigest, 'seldom')
}

/** The API's words that it has no such block: none is indexed, or the history begins later. */
const NO_SUCH_BLOCK: readonly unknown[] = ['E5002', 'E5007']

async function finalDigest(): Promise<DigestAtQuery['asOf'] | null> {
  const { head, sourceStatus } = await ask(FinalBlockDocument, {})
  if (!head || !sourceStatus) return null
  const number = Math.min(head.blockNumber, sourceStatus.chainFinalized)
  try {
    const { asOf } = await ask(DigestAtDocument, { block: { number } })
    return asOf
  } catch (error) {
    if (error instanceof NoAnswer && NO_SUCH_BLOCK.includes(error.code)) return null
    throw error
  }
}
