import { LOCAL_CHAIN_ID } from './anvil'
import { DEAD_ADDRESS } from './awkward-cases'
import type { Contracts } from './contracts'
import type { Roles } from './roles'

/** Text of the economy.yaml that describes the local chain, in the operator's format. */
export function economyFileText(contracts: Contracts, roles: Roles, grantBlock: number): string {
  const { token, staking, stable, pair, treasury, burner } = contracts
  const excluded = [
    { address: roles.teamVesting, label: 'Team vesting', fromBlock: token.startBlock },
    { address: roles.protocolReserve, label: 'Protocol reserve', fromBlock: token.startBlock },
    { address: roles.foundation, label: 'Foundation grant, locked', fromBlock: grantBlock },
  ]
  return `# The local chain: written when it was made, and only then.
chain:
  id: ${LOCAL_CHAIN_ID}
  name: Local chain
  finality: { confirmations: 64 }
contracts:
  token:   { address: "${token.address}", startBlock: ${token.startBlock}, decimals: 18, symbol: ASHAO }
  staking: { address: "${staking.address}", startBlock: ${staking.startBlock}, rewardToken: stable }
  stable:  { address: "${stable.address}", startBlock: ${stable.startBlock}, decimals: 6, symbol: USDC }
  pair:    { address: "${pair.address}", startBlock: ${pair.startBlock} }
wallets:
  treasury: ["${treasury.address}"]
  buyback:  ["${burner.address}"]
  rewards:  ["${staking.address}"]
  internal: ["${roles.internal}"]
  bridges:  ["${roles.bridge}"]
  dead:     ["${DEAD_ADDRESS}"]
  excluded:
${excluded.map(({ address, label, fromBlock }) => `    - { address: "${address}", label: "${label}", fromBlock: ${fromBlock} }`).join('\n')}
policy:
  maxSupply: "1000000000"
  burnBps: 5000
  rewardsBps: 5000
  unstakedWorkerBps: 7000
  stakedWorkerBps: 8000
  minimumWorkerStake: "0"
  creditPriceUsd: "0.01"
`
}
