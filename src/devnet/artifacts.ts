import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Abi, Hex } from 'viem'
import ashaoStaking from './artifacts/AshaoStaking.json'
import ashaoToken from './artifacts/AshaoToken.json'
import ashaoTreasury from './artifacts/AshaoTreasury.json'
import buybackBurner from './artifacts/BuybackBurner.json'
import devnetUsdc from './artifacts/DevnetUsdc.json'
import jobMarket from './artifacts/JobMarket.json'
import lookAlike from './artifacts/LookAlike.json'
import { ContractPackageMissing } from './errors'

/** What it takes to deploy a contract and to call it. */
export interface Artifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

/** Generated from `contracts/*.sol` by scripts/compile-contracts.mjs. */
export const ARTIFACTS = {
  token: ashaoToken as Artifact,
  staking: ashaoStaking as Artifact,
  stable: devnetUsdc as Artifact,
  treasury: ashaoTreasury as Artifact,
  burner: buybackBurner as Artifact,
  market: jobMarket as Artifact,
  lookAlike: lookAlike as Artifact,
}

export interface UniswapArtifacts {
  readonly factory: Artifact
  readonly pair: Artifact
  readonly router: Artifact
}

/**
 * The exchange's own published builds, read at run time and never copied: what trades here is what trades
 * on the real chain.
 * @throws ContractPackageMissing if the optional packages are not installed.
 */
export function loadUniswapArtifacts(): UniswapArtifacts {
  return {
    factory: readBuild('@uniswap/v2-core/build/UniswapV2Factory.json'),
    pair: readBuild('@uniswap/v2-core/build/UniswapV2Pair.json'),
    router: readBuild('@uniswap/v2-periphery/build/UniswapV2Router02.json'),
  }
}

function readBuild(module: string): Artifact {
  const require = createRequire(__filename)
  let path: string
  try {
    path = require.resolve(module)
  } catch {
    throw new ContractPackageMissing({ module })
  }
  const build = JSON.parse(readFileSync(path, 'utf8')) as { abi: Abi; bytecode: string }
  return { abi: build.abi, bytecode: `0x${build.bytecode.replace(/^0x/, '')}` }
}
