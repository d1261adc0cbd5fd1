import { type Abi, type Address, encodeFunctionData, getAddress, type Hex, pad, toHex } from 'viem'
import { ARTIFACTS, loadUniswapArtifacts } from './artifacts'
import type { ScriptedTransaction } from './block-producer'
import type { Rpc } from './rpc'

/** A deployed contract. */
export interface Contract {
  readonly address: Address
  readonly abi: Abi
  /** Number of the block that it was deployed in. */
  readonly startBlock: number
}

export interface Contracts {
  readonly token: Contract
  readonly staking: Contract
  readonly stable: Contract
  readonly treasury: Contract
  readonly burner: Contract
  readonly market: Contract
  readonly lookAlike: Contract
  readonly factory: Contract
  readonly router: Contract
  /** The exchange's market of token and stable: a contract that the factory makes. */
  readonly pair: Contract
}

export type Places = Readonly<Record<keyof Contracts, Omit<Contract, 'abi'>>>

/** Puts the ABIs back to what the marker file keeps. */
export function contractsAt(places: Places): Contracts {
  const abis = { ...ARTIFACTS, ...loadUniswapArtifacts() }
  const names = Object.keys(places) as (keyof Contracts)[]
  return Object.fromEntries(
    names.map((name) => [name, { ...places[name], abi: abis[name].abi }]),
  ) as unknown as Contracts
}

/** A call of a contract, ready to be sent. */
export function callOf(
  from: Address,
  contract: Contract,
  functionName: string,
  args: readonly unknown[] = [],
): ScriptedTransaction {
  return { from, to: contract.address, data: encodeFunctionData({ abi: contract.abi, functionName, args }) }
}

/** Reads one 256-bit number from a view function at the latest block. */
export async function readNumber(
  rpc: Rpc,
  contract: Contract,
  functionName: string,
  args: readonly unknown[] = [],
): Promise<bigint> {
  const data = encodeFunctionData({ abi: contract.abi, functionName, args })
  return BigInt(await rpc<Hex>('eth_call', [{ to: contract.address, data }, 'latest']))
}

/** Reads one address from a view function at the latest block. */
export async function readAddress(
  rpc: Rpc,
  contract: Contract,
  functionName: string,
  args: readonly unknown[] = [],
): Promise<Address> {
  return getAddress(pad(toHex(await readNumber(rpc, contract, functionName, args)), { size: 20 }))
}

/** $ASHAO that the exchange gives for `spent` USDC now, both in base units. */
export async function quoteBuy(rpc: Rpc, contracts: Contracts, spent: bigint): Promise<bigint> {
  const path = [contracts.stable.address, contracts.token.address]
  const data = encodeFunctionData({
    abi: contracts.router.abi,
    functionName: 'getAmountsOut',
    args: [spent, path],
  })
  const reply = await rpc<Hex>('eth_call', [{ to: contracts.router.address, data }, 'latest'])
  // uint256[]: offset, length, spent, bought.
  return BigInt(`0x${reply.slice(-64)}`)
}
