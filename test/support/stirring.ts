import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem'
import { createRpcClient } from '../../src/devnet/rpc'

const WRITES = parseAbi([
  'function transfer(address to, uint256 value)',
  'function burn(uint256 value)',
  'function approve(address spender, uint256 value)',
  'function stake(uint256 amount)',
  'function unstake(uint256 amount)',
  'function claim()',
])

interface Call {
  readonly from: Address
  readonly to: Address
  readonly data: Hex
}

/** Makes things happen on a local chain that does not mine by itself. */
export interface Stirring {
  /** Mines blocks with a few of the economy's events in each. */
  mineEventful(blocks: number): Promise<void>
  /** Replaces the newest blocks by others, with other events in them; the height stays. */
  reorganise(depth: number): Promise<void>
  head(): Promise<{ number: number; hash: string }>
}

/** @param random a source of numbers from 0 to 1, so that a run can be repeated */
export async function stir(
  port: number,
  contracts: { token: Address; staking: Address; stable: Address },
  treasury: Address,
  random: () => number,
): Promise<Stirring> {
  const rpc = createRpcClient(port).call
  const everyone = await rpc<Address[]>('eth_accounts')
  // Stakers and users of the scripted economy: they hold tokens and the stable asset.
  const people = everyone.slice(140, 180)
  const pick = (): Address => people[Math.floor(random() * people.length)] ?? treasury
  const amount = (): bigint => BigInt(Math.floor(random() * 1e9)) + 1n

  const call = (): Call => {
    const from = pick()
    const dice = random()
    const encode = (functionName: 'transfer' | 'burn' | 'claim', args: readonly unknown[]): Hex =>
      encodeFunctionData({ abi: WRITES, functionName, args } as Parameters<typeof encodeFunctionData>[0])
    if (dice < 0.45) return { from, to: contracts.token, data: encode('transfer', [pick(), amount()]) }
    if (dice < 0.75) return { from, to: contracts.token, data: encode('burn', [amount()]) }
    if (dice < 0.9) return { from, to: contracts.staking, data: encode('claim', []) }
    return { from: everyone[0] ?? from, to: contracts.stable, data: encode('transfer', [treasury, 0n]) }
  }
  const send = async (): Promise<void> => {
    await rpc('eth_sendTransaction', [{ ...call(), gas: '0x7a120' }])
  }
  return {
    async mineEventful(blocks) {
      for (let block = 0; block < blocks; block += 1) {
        for (let count = 1 + Math.floor(random() * 2); count > 0; count -= 1) await send()
        await rpc('evm_mine', [])
      }
    },
    async reorganise(depth) {
      const pairs = Array.from({ length: depth }, (_, index) => [{ ...call(), gas: '0x7a120' }, index])
      await rpc('anvil_reorg', [depth, pairs])
    },
    async head() {
      const block = await rpc<{ number: string; hash: string }>('eth_getBlockByNumber', ['latest', false])
      return { number: Number(block.number), hash: block.hash }
    },
  }
}
