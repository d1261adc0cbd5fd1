import { type Address, encodeDeployData, getAddress, getContractAddress } from 'viem'
import { ARTIFACTS, type Artifact, loadUniswapArtifacts } from './artifacts'
import type { BlockProducer } from './block-producer'
import { type Contract, type Contracts, callOf, readAddress } from './contracts'
import type { Roles } from './roles'
import type { Rpc } from './rpc'

/** Only swaps between two tokens are made, so nothing is ever wrapped. */
const NO_WRAPPED_ETHER: Address = '0x000000000000000000000000000000000000bEEF'

/** Creating the pair deploys a contract: more gas than a call of the script may use. */
const PAIR_GAS = 6_000_000

/**
 * Deploys everything, one block for each step, so that the contracts have different first blocks.
 * @param nextBlock closes the block under construction
 */
export async function deployContracts(
  rpc: Rpc,
  producer: BlockProducer,
  roles: Roles,
  nextBlock: () => Promise<void>,
): Promise<Contracts> {
  const { owner } = roles
  const deploy = async (artifact: Artifact, args: readonly unknown[]): Promise<Contract> => {
    const address = getAddress(getContractAddress({ from: owner, nonce: BigInt(producer.nonceOf(owner)) }))
    const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode, args })
    await producer.send({ from: owner, data })
    return { address, abi: artifact.abi, startBlock: producer.head + 1 }
  }
  const uniswap = loadUniswapArtifacts()

  const stable = await deploy(ARTIFACTS.stable, [owner])
  await nextBlock()
  const token = await deploy(ARTIFACTS.token, [owner])
  await nextBlock()
  const factory = await deploy(uniswap.factory, [owner])
  const router = await deploy(uniswap.router, [factory.address, NO_WRAPPED_ETHER])
  await nextBlock()
  const traded = [token.address, stable.address]
  await producer.send({ ...callOf(owner, factory, 'createPair', traded), gas: PAIR_GAS })
  await nextBlock()
  const pairAddress = await readAddress(rpc, factory, 'getPair', traded)
  const pair = { address: pairAddress, abi: uniswap.pair.abi, startBlock: producer.head }
  const staking = await deploy(ARTIFACTS.staking, [token.address, stable.address, owner])
  await nextBlock()
  const burner = await deploy(ARTIFACTS.burner, [token.address, stable.address, router.address, owner])
  const treasury = await deploy(ARTIFACTS.treasury, [stable.address, staking.address, burner.address, owner])
  const market = await deploy(ARTIFACTS.market, [stable.address, staking.address, treasury.address])
  const lookAlike = await deploy(ARTIFACTS.lookAlike, [])
  await producer.send(callOf(owner, staking, 'setFunder', [treasury.address]))
  await nextBlock()

  return { token, staking, stable, treasury, burner, market, lookAlike, factory, router, pair }
}
