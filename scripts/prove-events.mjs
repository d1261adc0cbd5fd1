// Proves every event of an economy in a range of blocks, from a node alone, and checks the proofs as "ashao verify" does.
// No database is needed, and the range may lie anywhere: history is taken to begin with it.
//   npm run build && node scripts/prove-events.mjs --rpc URL --economy FILE --from N --to N [--out FILE]
// The logs that eth_getLogs gives say which events there are; receipts and headers have to prove exactly those. Prints
// what was proven, and with --out keeps the proofs. Exits 0 if all of it holds, 1 if anything does not.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'

const require = createRequire(import.meta.url)
const lib = (module) => require(path.join(import.meta.dirname, '../lib', module))
const { parseEconomyFile } = lib('config/economy-file')
const { redactUrl } = lib('config/redact')
const { createPool } = lib('chain/rpc/pool')
const { rangesInOrder } = lib('chain/source/ranges-in-order')
const { extendDigest } = lib('core/digest')
const { buildProofs } = lib('export/proofs/build-proofs')
const { historyLogs } = lib('export/proofs/history-logs')
const { proofLine } = lib('export/proofs/block-proof')
const { sha256 } = lib('chain/verify/sha256')
const { verifyProofs } = lib('export/proofs/verify-proofs')

/** The digest before the range: any will do, as long as both sides begin with the same. */
const NOTHING_BEFORE = `0x${'00'.repeat(32)}`
/** How long a first answer may take, in milliseconds. */
const PATIENCE = 20_000

function readArguments() {
  const text = { type: 'string' }
  const { values } = parseArgs({ options: { rpc: text, economy: text, from: text, to: text, out: text } })
  for (const name of ['rpc', 'economy', 'from', 'to']) {
    if (values[name] === undefined) throw new Error(`--${name} is missing`)
  }
  const [fromBlock, toBlock] = [values.from, values.to].map(Number)
  if (!(fromBlock >= 0 && toBlock >= fromBlock)) throw new Error('--from and --to are no range of blocks')
  return { ...values, fromBlock, toBlock }
}

function readEconomy(file) {
  const problems = []
  const economy = parseEconomyFile(readFileSync(file, 'utf8'), file, problems)
  if (economy === undefined) {
    throw new Error(problems.map(({ key, problem, mend }) => `${key} ${problem}: ${mend}`).join('\n'))
  }
  return economy
}

/** The range as its logs tell it, without receipts and without proof. */
async function rangeByLogs(rpc, economy, fromBlock, toBlock) {
  const told = { events: 0, hash: undefined, timestamp: 0, digest: NOTHING_BEFORE, block: toBlock }
  for (const part of historyLogs(economy).parts(fromBlock, toBlock)) {
    for await (const { blocks } of rangesInOrder(part, { rpc, verification: { mode: 'none' } })) {
      for (const { header, events } of blocks) {
        if (events.length === 0) continue
        const { height: number, hash, parentHash, timestamp: milliseconds } = header
        const timestamp = milliseconds / 1_000
        told.digest = extendDigest(
          told.digest,
          { block: { number, hash, parentHash, timestamp }, events },
          sha256,
        )
        told.events += events.length
        Object.assign(told, { block: number, hash, timestamp })
      }
    }
  }
  if (told.events === 0) throw new Error(`blocks ${fromBlock} to ${toBlock} have no event of this economy`)
  const { block, hash, timestamp, digest } = told
  const range = { fromBlock, toBlock: block, toBlockHash: hash, toTimestamp: timestamp }
  return { events: told.events, range: { ...range, digest: { before: NOTHING_BEFORE, after: digest } } }
}

/** Builds, keeps and hands on the lines of the proofs. */
async function* provenLines(rpc, economy, range, out, sizes) {
  const file = out === undefined ? undefined : openSync(out, 'w')
  for await (const proof of buildProofs(rpc, economy, range)) {
    const line = proofLine(proof)
    sizes.bytes += line.length + 1
    if (file !== undefined) writeSync(file, `${line}\n`)
    yield [line]
  }
  if (file !== undefined) closeSync(file)
}

async function proveEvents({ rpc: url, economy: economyFile, out, fromBlock, toBlock }) {
  const economy = readEconomy(economyFile)
  const shownUrl = redactUrl(url)
  const rpc = createPool({
    endpoints: [{ url, shownUrl }],
    async admit(ask) {
      const id = Number(await ask('eth_chainId', []))
      if (id !== economy.chain.id)
        throw new Error(`${shownUrl} is on chain ${id}, the economy on ${economy.chain.id}`)
    },
  })
  try {
    await rpc.ready(PATIENCE)
    const { events, range } = await rangeByLogs(rpc, economy, fromBlock, toBlock)
    const sizes = { bytes: 0 }
    const lines = provenLines(rpc, economy, range, out, sizes)
    const findings = []
    const facts = { ...range, historyDigest: range.digest }
    const add = ({ row, block, problem }) => findings.push(`line ${row}, block ${block}: ${problem}`)
    const counts = await verifyProofs({ file: 'proofs', lines }, economy, facts, [], add)
    const { address, symbol } = economy.contracts.token
    console.log(`${symbol} ${address} on chain ${economy.chain.id}, blocks ${fromBlock} to ${toBlock}`)
    console.log(
      `${counts.blocks} headers hash to their blocks, ${counts.receipts} receipts lead to their receiptsRoot`,
    )
    console.log(`${counts.events} of ${events} logs proven, in ${sizes.bytes} bytes`)
    console.log(`history digest ${range.digest.after}`)
    for (const finding of findings) console.log(`WRONG ${finding}`)
    process.exitCode = findings.length === 0 && counts.events === events ? 0 : 1
  } finally {
    await rpc.close()
  }
}

try {
  await proveEvents(readArguments())
} catch (error) {
  console.error([error.code, error.message, error.mend].filter(Boolean).join(' '))
  process.exitCode = 1
}
