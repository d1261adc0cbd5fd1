import type { ManifestFacts } from '../../src/export/manifest'
import { account, hashOf } from '../support/small-economy'

/** What is said of a file that a test publishes. */
export function factsOf(file: string, changed: Partial<ManifestFacts> = {}): ManifestFacts {
  return {
    file,
    dataset: 'transfers',
    format: 'csv',
    account: null,
    partition: null,
    chainId: 31337,
    contracts: { token: account('1'), staking: account('2'), stable: account('3'), pair: null },
    partial: [],
    fromBlock: 100,
    toBlock: 200,
    toBlockHash: hashOf(200),
    toBlockTimestamp: '2026-01-01T00:00:00Z',
    time: null,
    historyDigest: { before: hashOf(99), after: hashOf(200) },
    economy: { file: '_manifests/economy-000000000000.json', sha256: '0'.repeat(64) },
    schemaVersion: 1,
    methodologyVersion: 1,
    generator: 'ashao-indexer 0.1.0',
    ...changed,
  }
}
