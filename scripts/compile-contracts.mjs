// Compiles src/devnet/contracts/*.sol with the npm compiler, and writes the ABIs that the indexer is
// generated from and the artifacts that the local chain deploys.
//   node scripts/compile-contracts.mjs [outRoot]     (outRoot: the repository, if not given)
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const contractsFolder = join(root, 'src/devnet/contracts')

/** Contracts whose events the indexer reads, by the name of their file in `abi/`. */
const INDEXED = {
  AshaoToken: 'token',
  AshaoStaking: 'staking',
  DevnetUsdc: 'stable',
  AshaoTreasury: 'treasury',
  BuybackBurner: 'buyback-burner',
  EventsInTheWild: 'events-in-the-wild',
}

const SETTINGS = {
  // Cancun is what OpenZeppelin 5 asks for; no metadata hash, so that the bytes depend on the code alone.
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
}

/** @returns {{ contents: string } | { error: string }} */
function resolveImport(path) {
  try {
    return { contents: readFileSync(require.resolve(path), 'utf8') }
  } catch {
    return { error: `${path} is in no installed package` }
  }
}

const toText = (value) => `${JSON.stringify(value, null, 2)}\n`

/** Compiles every contract. @returns {Map<string, string>} text by path relative to the output root. */
export function compileContracts() {
  const names = readdirSync(contractsFolder)
    .filter((name) => name.endsWith('.sol'))
    .sort()
  const sources = Object.fromEntries(
    names.map((name) => [name, { content: readFileSync(join(contractsFolder, name), 'utf8') }]),
  )
  const solc = require('solc')
  const input = { language: 'Solidity', sources, settings: SETTINGS }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: resolveImport }))
  if (output.errors?.length) throw new Error(output.errors.map((each) => each.formattedMessage).join('\n'))

  const files = new Map()
  for (const source of names) {
    const name = source.slice(0, -'.sol'.length)
    const contract = output.contracts[source][name]
    const bytecode = `0x${contract.evm.bytecode.object}`
    // An interface has no code: nothing is deployed from it.
    if (bytecode !== '0x')
      files.set(`src/devnet/artifacts/${name}.json`, toText({ abi: contract.abi, bytecode }))
    if (name in INDEXED) files.set(`abi/${INDEXED[name]}.json`, toText(contract.abi))
  }
  return files
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const outRoot = process.argv[2] ?? root
  for (const [path, text] of compileContracts()) {
    mkdirSync(dirname(join(outRoot, path)), { recursive: true })
    writeFileSync(join(outRoot, path), text)
  }
}
