import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem'
import { createRpcClient } from '../../src/devnet/rpc'

const WRITES = parseAbi([
  'function transfer(address to, uint256 value)',
  'function burn(uint256 value)',
  'function burnFrom(address account, uint256 value)',
  'function approve(address spender, uint256 value)',
  'function sync()',
  'function stake(uint256 amount)',
  'function unstake(uint256 amount)',
  'function claim()',
  'function distribute()',
  'function buyback(uint256 amountIn, uint256 minOut)',
])

/** What the local economy's accounts act on. */
export interface Places {
  readonly token: Address
  readonly staking: Address
  readonly stable: Address
  readonly treasury: Address
  readonly burner: Address
  readonly pair: Address
}

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
  /** Takes the newest blocks away and puts nothing in their place. */
  shrink(depth: number): Promise<void>
  head(): Promise<{ number: number; hash: string }>
}

/** Of any call. */
const GAS: Hex = '0x927c0'

/** @param random a source of numbers from 0 to 1, so that a run can be repeated */
export async function stir(port: number, places: Places, random: () => number): Promise<Stirring> {
  const rpc = createRpcClient(port).call
  const everyone = await rpc<Address[]>('eth_accounts')
  // The roles of the scripted economy. Its stakers hold tokens and have given staking their allowance, its users
  // hold the stable asset, the owner runs the buybacks, and the bridge has some tokens left.
  const [owner, bridge] = [everyone[0], everyone[5]]
  const [users, stakers] = [everyone.slice(20, 100), everyone.slice(140, 200)]
  const bridged = stakers.slice(0, 5)
  if (owner === undefined || bridge === undefined) throw new RangeError('the node has too few accounts')
  const pick = (people: readonly Address[]): Address => people[Math.floor(random() * people.length)] ?? owner
  const amount = (): bigint => BigInt(Math.floor(random() * 1e9)) + 1n

  const { token, staking, stable, treasury, burner, pair } = places
  const encode = (functionName: (typeof WRITES)[number]['name'], ...args: unknown[]): Hex =>
    encodeFunctionData({ abi: WRITES, functionName, args } as Parameters<typeof encodeFunctionData>[0])
  /** What may happen, and how often of a hundred times. A call that has nothing to act on reverts: no event. */
  const habits: readonly (readonly [often: number, act: () => Call])[] = [
    [12, () => ({ from: pick(stakers), to: token, data: encode('transfer', pick(stakers), amount()) })],
    [9, () => ({ from: pick(stakers), to: token, data: encode('burn', amount()) })],
    [4, () => ({ from: bridge, to: token, data: encode('burn', amount()) })],
    // Someone else's tokens: only the caller tells that it is a bridge's burn.
    [6, () => ({ from: bridge, to: token, data: encode('burnFrom', pick(bridged), amount()) })],
    [13, () => ({ from: pick(stakers), to: staking, data: encode('stake', amount()) })],
    [11, () => ({ from: pick(stakers), to: staking, data: encode('unstake', amount()) })],
    [12, () => ({ from: pick(stakers), to: staking, data: encode('claim') })],
    [15, () => ({ from: pick(users), to: stable, data: encode('transfer', treasury, amount()) })],
    [2, () => ({ from: pick(users), to: stable, data: encode('transfer', treasury, 0n) })],
    [8, () => ({ from: pick(stakers), to: treasury, data: encode('distribute') })],
    // Less than the smallest that a distribution sends: what is to be spent is there.
    // What the pair holds changes here, and is what it holds only there.
    [2, () => ({ from: pick(users), to: stable, data: encode('transfer', pair, amount()) })],
    [2, () => ({ from: pick(users), to: pair, data: encode('sync') })],
    [4, () => ({ from: owner, to: burner, data: encode('buyback', amount() % 1_000n, 1n) })],
  ]
  for (const from of bridged) {
    const data = encode('approve', bridge, 2n ** 256n - 1n)
    await rpc('eth_sendTransaction', [{ from, to: token, data, gas: GAS }])
  }
  await rpc('evm_mine', [])
  const call = (): Call & { gas: Hex } => {
    let dice = random() * 100
    for (const [often, act] of habits) {
      dice -= often
      if (dice < 0) return { ...act(), gas: GAS }
    }
    throw new RangeError('the habits do not add up to 100')
  }
  /** The calls of one block. */
  const calls = (): (Call & { gas: Hex })[] => Array.from({ length: 1 + Math.floor(random() * 3) }, call)

  return {
    async mineEventful(blocks) {
      for (let block = 0; block < blocks; block += 1) {
        for (const transaction of calls()) await rpc('eth_sendTransaction', [transaction])
        await rpc('evm_mine', [])
      }
    },
    async reorganise(depth) {
      const pairs = Array.from({ length: depth }, (_, index) => calls().map((each) => [each, index]))
      await rpc('anvil_reorg', [depth, pairs.flat()])
    },
    async shrink(depth) {
      await rpc('anvil_rollback', [depth])
    },
    async head() {
      const block = await rpc<{ number: string; hash: string }>('eth_getBlockByNumber', ['latest', false])
      return { number: Number(block.number), hash: block.hash }
    },
  }
}
