import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import stakingRewards from '@uniswap/liquidity-staker/build/StakingRewards.json'
import presetToken from 'openzeppelin-contracts-4/build/contracts/ERC20PresetMinterPauser.json'
import type { Abi, Hex } from 'viem'
import type { Artifact } from '../../src/devnet/artifacts'

/** The most widely copied staking contract, as its authors compiled it: Staked, Withdrawn, RewardPaid. */
export const STAKING_REWARDS: Artifact = {
  abi: stakingRewards.abi as Abi,
  bytecode: `0x${stakingRewards.bytecode.replace(/^0x/, '')}`,
}

/** OpenZeppelin's preset token, as its authors compiled it: minted at will, burned by Transfer alone, pausable. */
export const PRESET_TOKEN: Artifact = { abi: presetToken.abi as Abi, bytecode: presetToken.bytecode as Hex }

interface CompilerOutput {
  readonly errors?: readonly { readonly formattedMessage: string }[]
  readonly contracts?: Readonly<
    Record<
      string,
      Record<string, { readonly abi: Abi; readonly evm: { readonly bytecode: { object: string } } }>
    >
  >
}

/** Compiles the contracts of one file of test/contracts. */
export function compileContracts(file: string): Readonly<Record<string, Artifact>> {
  const solc = createRequire(__filename)('solc') as { compile(input: string): string }
  const content = readFileSync(join(__dirname, '..', 'contracts', file), 'utf8')
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object'] } }
  const settings = { evmVersion: 'cancun', outputSelection }
  const input = JSON.stringify({ language: 'Solidity', sources: { [file]: { content } }, settings })
  const { contracts, errors } = JSON.parse(solc.compile(input)) as CompilerOutput
  const compiled = contracts?.[file]
  if (compiled === undefined || errors?.length)
    throw new Error(errors?.map((each) => each.formattedMessage).join('\n'))
  const artifacts = Object.entries(compiled).map(([name, { abi, evm }]) => [
    name,
    { abi, bytecode: `0x${evm.bytecode.object}` as Hex },
  ])
  return Object.fromEntries(artifacts) as Record<string, Artifact>
}
