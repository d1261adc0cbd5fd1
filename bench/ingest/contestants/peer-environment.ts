import type { RunContext } from '../harness/contestant'

/** What the peers' programs read. */
export function peerEnvironment({ rpcUrl, databaseUrl, expected }: RunContext): Record<string, string> {
  const { contracts, treasury, internal, chainId } = expected
  return {
    RPC_URL: rpcUrl,
    DATABASE_URL: databaseUrl,
    CHAIN_ID: String(chainId),
    TOKEN: contracts.token,
    STAKING: contracts.staking,
    STABLE: contracts.stable,
    TREASURY: treasury.join(','),
    INTERNAL: internal.join(','),
  }
}
