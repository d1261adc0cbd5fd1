// Recomputes the ledger of the revenue rule from the treasury's flows alone, and compares it with what the API says at
// every block that has figures of its own.
//   npm run policy-ledger [-- --url http://127.0.0.1:4350]
// Prints a line for each week (UTC, from Monday), totals, and how many snapshots close. Exits 0 if all do, 1 if any
// does not (with block and both values), and 1 with the reason where the API cannot be asked.
import { parseArgs } from 'node:util'
import { askGraphQL, pagesOf, Unanswered } from './ask-graphql.mjs'

const DEFAULT_URL = 'http://127.0.0.1:4350'
/** Blocks in one question, two fields each: the API takes thirty aliases of root fields. */
const BLOCKS_PER_QUERY = 15
/** Every ledger whose rows make a block have figures; what else does is found by walking the gaps. */
const LEDGERS = ['transfers', 'burns', 'stakes', 'rewards', 'treasuryFlows']
const LEGS = { burn: 'BUYBACK', rewards: 'REWARDS' }
const MOST_SHOWN = 20
const WEEK = 604_800
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 345_600

/** The three sums that the rule is about, as of each flow that changes one of them. */
function accumulate(flows) {
  const steps = [{ block: -1, time: Number.NEGATIVE_INFINITY, revenue: 0n, BUYBACK: 0n, REWARDS: 0n }]
  for (const { blockNumber, timestamp, direction, purpose, value } of flows) {
    const name = purpose === 'REVENUE' ? 'revenue' : direction === 'OUT' ? purpose : undefined
    const last = steps.at(-1)
    const next = { ...last, block: blockNumber, time: Date.parse(timestamp) / 1_000 }
    if (name !== undefined && name in last) next[name] += BigInt(value)
    steps.push(next)
  }
  return steps
}

/** The last of the ascending steps that is not after a limit. */
function lastUpTo(steps, key, limit) {
  let [low, high] = [0, steps.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (steps[middle][key] <= limit) low = middle
    else high = middle - 1
  }
  return steps[low]
}

/** What the rule gives a leg, what was done for it, and what is left to do. */
function account(leg, step, bps) {
  const allocated = (BigInt(bps[leg]) * step.revenue) / 10_000n
  const executed = step[LEGS[leg]]
  return { allocated, executed, backlog: allocated - executed }
}

/** Asks for the policy at some blocks, and for the snapshot before each of them. */
async function policiesAt(url, blocks, first) {
  const legs = Object.keys(LEGS)
  const amounts = ['allocated', 'executed', 'backlog'].map((name) => `${name} { baseUnits }`).join(' ')
  const fields = blocks.flatMap((block) => [
    `p${block}: policy(block: { number: ${block} }) { asOf { snapshot { block } } ${legs.map((leg) => `${leg} { ${amounts} }`).join(' ')} }`,
    ...(block === first ? [] : [`b${block}: asOf(block: { number: ${block - 1} }) { snapshot { block } }`]),
  ])
  return askGraphQL(url, `{ ${fields.join('\n')} }`)
}

/** The snapshot before a block; undefined where history begins with it. */
async function snapshotBefore(url, block) {
  try {
    const { asOf } = await askGraphQL(url, `{ asOf(block: { number: ${block - 1} }) { snapshot { block } } }`)
    return asOf.snapshot.block
  } catch (error) {
    if (error instanceof Unanswered && ['E5007', 'E5022'].includes(error.code)) return undefined
    throw error
  }
}

/** Compares what the API says of one block with the flows up to it. @returns what differs, as sentences */
function differencesAt(block, policy, steps, bps) {
  const differences = []
  if (policy.asOf.snapshot.block !== block) {
    differences.push(
      `block ${block}: it has an event, but its figures are those of block ${policy.asOf.snapshot.block}`,
    )
  }
  const step = lastUpTo(steps, 'block', block)
  for (const leg of Object.keys(LEGS)) {
    for (const [name, computed] of Object.entries(account(leg, step, bps))) {
      const served = BigInt(policy[leg][name].baseUnits)
      if (served === computed) continue
      differences.push(
        `block ${block}: policy.${leg}.${name} is ${served} in the API, ${computed} by its flows`,
      )
    }
  }
  return differences
}

/** Visits every snapshot once: those that the ledgers name, and by walking back those that they do not. */
async function compareSnapshots(url, known, steps, bps, onProgress) {
  const failed = new Map()
  const open = [...known].sort((a, b) => a - b)
  let first = open[0]
  for (let before = await snapshotBefore(url, first); before !== undefined; ) {
    known.add(before)
    open.unshift(before)
    first = before
    before = await snapshotBefore(url, first)
  }
  let done = 0
  while (open.length > 0) {
    const blocks = open.splice(0, BLOCKS_PER_QUERY)
    const answer = await policiesAt(url, blocks, first)
    for (const block of blocks) {
      const differences = differencesAt(block, answer[`p${block}`], steps, bps)
      if (differences.length > 0) failed.set(block, differences)
      const before = answer[`b${block}`]?.snapshot.block
      if (before !== undefined && !known.has(before)) {
        known.add(before)
        open.push(before)
      }
    }
    done += blocks.length
    onProgress(done, known.size)
  }
  return failed
}

/** How many decimals the asset has, from one amount in base units and in whole ones; undefined for nothing. */
function decimalsOf({ baseUnits, decimal }) {
  if (BigInt(baseUnits) === 0n) return undefined
  const [, fraction = ''] = decimal.split('.')
  const written = decimal.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1')
  return fraction.length + baseUnits.length - written.length
}

function inWhole(amount, decimals) {
  const digits = `${amount < 0n ? -amount : amount}`.padStart(decimals + 1, '0')
  const split = digits.length - decimals
  const whole = BigInt(digits.slice(0, split)).toLocaleString('en-US')
  return `${amount < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(split)}` : ''}`
}

/** executed ÷ revenue − share, in percent: how far the rule was missed, as docs/figures.md defines it. */
function deviationOf(executed, revenue, bps) {
  if (revenue === 0n) return '–'
  const millionths = (executed * 1_000_000n) / revenue - BigInt(bps) * 100n
  return `${inWhole(millionths, 4)} %`
}

/** A row of the table: what happened between two steps, and the backlog at the second. */
function rowOf(name, from, to, bps, show) {
  const revenue = to.revenue - from.revenue
  const cells = Object.keys(LEGS).flatMap((leg) => {
    const [before, after] = [account(leg, from, bps), account(leg, to, bps)]
    const executed = after.executed - before.executed
    return [
      show(after.allocated - before.allocated),
      show(executed),
      show(after.backlog),
      deviationOf(executed, revenue, bps[leg]),
    ]
  })
  return [name, show(revenue), ...cells]
}

function tableOf(steps, bps, decimals) {
  const show = (amount) => inWhole(amount, decimals)
  const head = ['week of', 'revenue']
  for (const leg of Object.keys(LEGS)) {
    head.push(...['allocated', 'executed', 'backlog', 'deviation'].map((name) => `${leg} ${name}`))
  }
  const rows = []
  const [beginning, end] = [steps[1]?.time, steps.at(-1).time]
  for (let start = mondayOf(beginning); start <= end; start += WEEK) {
    const name = new Date(start * 1_000).toISOString().slice(0, 10)
    const [from, to] = [lastUpTo(steps, 'time', start - 1), lastUpTo(steps, 'time', start + WEEK - 1)]
    rows.push(rowOf(name, from, to, bps, show))
  }
  rows.push(rowOf('total', steps[0], steps.at(-1), bps, show))
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  return [head, ...rows].map((row) => row.map((cell, column) => cell.padStart(widths[column])).join('  '))
}

function mondayOf(time) {
  return Math.floor((time - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY
}

async function run(url) {
  const { asOf, policy } = await askGraphQL(
    url,
    `{ asOf { block snapshot { block digest } }
       policy { revenue { baseUnits decimal symbol } burn { bps } rewards { bps } } }`,
  )
  const bps = { burn: policy.burn.bps, rewards: policy.rewards.bps }
  const known = new Set([asOf.snapshot.block])
  let flows = []
  for (const ledger of LEDGERS) {
    const fields =
      ledger === 'treasuryFlows' ? 'id blockNumber timestamp direction purpose value' : 'id blockNumber'
    const rows = await pagesOf(url, ledger, fields, asOf.block)
    for (const { blockNumber } of rows) known.add(blockNumber)
    if (ledger === 'treasuryFlows') flows = rows
  }
  const steps = accumulate(flows)
  const isShown = process.stderr.isTTY === true
  const failed = await compareSnapshots(url, known, steps, bps, (done, total) => {
    if (isShown)
      process.stderr.write(`\r${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} snapshots`)
  })
  if (isShown) process.stderr.write('\r\x1b[K')
  const { asOf: after } = await askGraphQL(
    url,
    `{ asOf(block: { number: ${asOf.block} }) { snapshot { digest } } }`,
  )
  if (after.snapshot.digest !== asOf.snapshot.digest) {
    throw new Unanswered('The chain was reorganised meanwhile. Run it again.')
  }

  const { symbol } = policy.revenue
  console.log(
    `Revenue rule up to block ${asOf.block}: burn ${bps.burn / 100} %, rewards ${bps.rewards / 100} % of revenue.`,
  )
  console.log(
    `Amounts in ${symbol}; backlog at the end of the week; deviation = executed ÷ revenue − share.\n`,
  )
  if (steps.length > 1)
    for (const line of tableOf(steps, bps, decimalsOf(policy.revenue) ?? 0)) console.log(line)
  else console.log('The treasury has no flows yet.')
  const differences = [...failed.keys()].sort((a, b) => a - b).flatMap((block) => failed.get(block))
  for (const difference of differences.slice(0, MOST_SHOWN)) console.error(difference)
  if (differences.length > MOST_SHOWN) console.error(`and ${differences.length - MOST_SHOWN} more`)
  const count = (number) => number.toLocaleString('en-US')
  console.log(
    `\n${count(known.size)} snapshots: ${count(known.size - failed.size)} close, ${count(failed.size)} do not`,
  )
  return failed.size === 0
}

try {
  const { values } = parseArgs({ options: { url: { type: 'string', default: DEFAULT_URL } } })
  const isClosed = await run(values.url.replace(/\/+$/, ''))
  process.exitCode = isClosed ? 0 : 1
} catch (error) {
  const isOurs = error instanceof Unanswered || error.code?.startsWith('ERR_PARSE_ARGS')
  console.error(isOurs ? error.message : error)
  process.exitCode = 1
}
