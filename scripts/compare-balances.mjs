// Compares indexed balance changes with balances that were read elsewhere, such as from contract storage.
//   node scripts/compare-balances.mjs --api http://127.0.0.1:4350 --truth FILE --token 0x… --block N
// FILE is JSON: { "<token>": { "holders": { "<address>": { "opening": "…", "closing": "…" } } } }, base units.
// For each holder, the balance change that the API answers at block N has to equal closing − opening.
// Prints one line and exits 0 if all agree, 1 with each difference if not.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    api: { type: 'string', default: 'http://127.0.0.1:4350' },
    truth: { type: 'string' },
    token: { type: 'string' },
    block: { type: 'string' },
  },
})
const { api, truth, token, block } = values
if (!truth || !token || !/^\d+$/.test(block ?? '')) {
  console.error('usage: node scripts/compare-balances.mjs --api URL --truth FILE --token 0x… --block N')
  process.exit(2)
}
const holders = JSON.parse(readFileSync(truth, 'utf8'))[token.toLowerCase()]?.holders
if (holders === undefined) {
  console.error(`${truth} says nothing of token ${token}.`)
  process.exit(2)
}

const ACCOUNTS_PER_QUERY = 50
const differences = []
const entries = Object.entries(holders)
for (let start = 0; start < entries.length; start += ACCOUNTS_PER_QUERY) {
  const page = entries.slice(start, start + ACCOUNTS_PER_QUERY)
  const balances = await balancesOf(page.map(([address]) => address))
  for (const [index, [address, { opening, closing }]] of page.entries()) {
    const expected = BigInt(closing) - BigInt(opening)
    if (BigInt(balances[index]) !== expected)
      differences.push(`${address}: indexed ${balances[index]}, truth ${expected}`)
  }
}
for (const difference of differences) console.error(difference)
console.log(
  `${token}: ${entries.length} holders, ${entries.length - differences.length} agree, ${differences.length} differ`,
)
process.exit(differences.length > 0 || entries.length === 0 ? 1 : 0)

async function balancesOf(addresses) {
  const fields = addresses.map(
    (address, index) =>
      `a${index}: accountFigures(address: "${address}", block: { number: ${block} }) { balance { baseUnits } }`,
  )
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ ${fields.join('\n')} }` }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'))
  return addresses.map((_, index) => data[`a${index}`].balance.baseUnits)
}
