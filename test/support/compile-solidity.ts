import { createRequire } from 'node:module'
import type { Hex } from 'viem'

interface Compiler {
  compile(input: string): string
}

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts: Record<
    string,
    Record<string, { readonly evm: { readonly deployedBytecode: { readonly object: string } } }>
  >
}

/** Compiles one contract that imports nothing. @returns the code that it has on the chain */
export function compileSolidity(name: string, source: string): Hex {
  // The compiler has no types of its own.
  const { compile } = createRequire(__filename)('solc') as Compiler
  const input = {
    language: 'Solidity',
    sources: { [`${name}.sol`]: { content: source } },
    settings: {
      evmVersion: 'cancun',
      outputSelection: { '*': { '*': ['evm.deployedBytecode.object'] } },
    },
  }
  const output = JSON.parse(compile(JSON.stringify(input))) as Output
  const problems = output.errors?.filter(({ severity }) => severity === 'error') ?? []
  if (problems.length > 0) throw new Error(problems.map((each) => each.formattedMessage).join('\n'))
  const object = output.contracts[`${name}.sol`]?.[name]?.evm.deployedBytecode.object
  if (object === undefined) throw new TypeError(`${name} was not compiled`)
  return `0x${object}`
}
