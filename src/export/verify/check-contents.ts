import { contractAddresses } from '../../core/datasets/ledger-cells'
import type { Manifest } from '../manifest'
import { BLOCKWISE, type BlockRows, type Blockwise, type Rule } from './block-rows'
import { checkFlows, checkRewards, checkStakes } from './check-accounts'
import { checkBlocks } from './check-blocks'
import { checkCopies } from './check-copies'
import { checkGrowth } from './check-growth'
import { checkHoldings } from './check-holdings'
import { checkPrices } from './check-prices'
import { checkSnapshots } from './check-snapshots'
import { checkStatement } from './check-statement'
import type { Findings } from './finding'
import { keepClosings, type Run } from './keep-closings'
import type { Row } from './row'
import { openSource, type RowSource } from './row-source'
import { beginsHistory, type Rules } from './rules'
import { type Covering, walkBlocks } from './walk-blocks'

/** What the rows showed that others need. */
export interface Contents {
  readonly runs: readonly Run[]
  /** Files that were read from their first to their last row, and are what their dataset is. */
  readonly sound: ReadonlySet<Manifest>
}

/** What snapshots add up. */
const EVENTS = ['transfers', 'burns', 'stakes', 'rewards', 'treasury_flows', 'prices'] as const

/** What statements repeat. */
const TOLD = ['transfers', 'burns', 'stakes', 'rewards'] as const

/** How far a dataset is known without a hole. */
interface Known {
  toBlock: number
  after: string
}

/**
 * Reads all files of rows in chain order side by side, and holds them against themselves, each other and the rules.
 * @param manifests of files that are there and that one economy file is of
 * @param all of its manifests, whose ends are claims about blocks
 */
export async function checkContents(
  directory: string,
  manifests: readonly Manifest[],
  all: readonly Manifest[],
  rules: Rules,
  findings: Findings,
): Promise<Contents> {
  const { policy } = rules.economy
  const holdings = checkHoldings(findings, policy)
  const stakes = checkStakes(findings)
  const snapshots = checkSnapshots(findings, rules, all)
  const closings = keepClosings(snapshots)
  const common: readonly Rule[] = [
    checkBlocks(findings, all),
    holdings,
    stakes,
    checkRewards(findings),
    checkFlows(findings, policy),
    checkPrices(findings, policy),
    snapshots,
    checkGrowth(findings, policy, snapshots, { balances: holdings.balances, stakes: stakes.stakes }),
    closings,
  ]
  const statements = new Map<string, Rule>()
  for (const { dataset, account } of manifests) {
    if (dataset !== 'statement' || account === null) continue
    statements.set(
      `${dataset} ${account}`,
      checkStatement(findings, account, contractAddresses(rules.economy.contracts)),
    )
  }
  const known = new Map<string, Known>()
  const diverged = new Set<RowSource>()
  const sound = new Set<Manifest>()
  const open = new Set<RowSource>()

  const restart = (source: RowSource, fromStart: boolean): void => {
    const statement = statements.get(keyOf(source.manifest))
    for (const rule of statement === undefined ? common : [statement]) {
      rule.restart?.(source.dataset as Blockwise, fromStart)
    }
  }

  await walkBlocks(manifests, (manifest) => openSource(directory, manifest, rules, findings), {
    opened(source) {
      open.add(source)
      const { manifest } = source
      const key = keyOf(manifest)
      const { fromBlock, toBlock, historyDigest } = manifest
      const before = known.get(key)
      // What begins with the digest that was reached follows on, whatever blocks without events lie between.
      const follows = before && (fromBlock <= before.toBlock + 1 || before.after === historyDigest.before)
      if (!follows) restart(source, beginsHistory(manifest, rules))
      if (before === undefined || toBlock > before.toBlock)
        known.set(key, { toBlock, after: historyDigest.after })
    },
    visit(number, files) {
      const groups = groupsOf(files)
      const rows: { [Name in Blockwise]?: readonly Row[] | undefined } = {}
      for (const [key, group] of groups) {
        checkCopies(group, diverged, number, findings)
        const leader = group[0]
        if (leader !== undefined && !statements.has(key))
          rows[leader.source.dataset as Blockwise] = leader.rows
      }
      const told: Row[] = []
      for (const [key, rule] of statements) {
        const leader = groups.get(key)?.[0]
        if (leader === undefined) continue
        const { rows: statement, source } = leader
        rule.visit({ number, rows: { ...rows, statement }, statement: source.manifest })
        told.push(...statement)
      }
      const block: BlockRows = { number, rows: told.length === 0 ? rows : { ...rows, statement: told } }
      for (const rule of common) rule.visit(block)
    },
    closed(source) {
      open.delete(source)
      const { manifest, isBroken } = source
      const key = keyOf(manifest)
      if (isBroken) {
        const reason =
          'what comes after the row that cannot be read or is out of order is not held against anything'
        findings.skip({ law: 'running', file: manifest.file, reason })
        if (![...open].some((other) => keyOf(other.manifest) === key)) known.delete(key)
        return
      }
      checkEnd(source, findings)
      if (diverged.has(source)) return
      sound.add(manifest)
    },
  })
  for (const rule of [...common, ...statements.values()]) rule.finish?.()
  noteJudged(sound, rules, findings)
  return { runs: closings.runs, sound }
}

/** Files with one key tell the same rows where they cover the same blocks. */
export function keyOf({ dataset, account }: Manifest): string {
  return account === null ? dataset : `${dataset} ${account}`
}

export function isBlockwise({ dataset, format }: Manifest): boolean {
  return BLOCKWISE.some((name) => name === dataset) && ['csv', 'ndjson', 'parquet'].includes(format)
}

function groupsOf(files: readonly Covering[]): ReadonlyMap<string, Covering[]> {
  const groups = new Map<string, Covering[]>()
  for (const file of files) {
    const key = keyOf(file.source.manifest)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [file])
    else group.push(file)
  }
  return groups
}

/** The last block of a range has a snapshot, by which the range was chosen. */
function checkEnd({ manifest, lastBlock }: RowSource, { add }: Findings): void {
  if (manifest.dataset !== 'snapshots' || lastBlock === manifest.toBlock) return
  const found =
    lastBlock === undefined ? 'there is no snapshot' : `its last snapshot is of block ${lastBlock}`
  add({
    law: 'order',
    file: manifest.file,
    problem: `${found}, and the range ends with one of block ${manifest.toBlock}`,
  })
}

/** Says what was held against what: only that can hold. */
function noteJudged(sound: ReadonlySet<Manifest>, rules: Rules, { judged, skip }: Findings): void {
  const covers = (one: Manifest, other: Manifest): boolean =>
    one.fromBlock <= other.fromBlock && one.toBlock >= other.toBlock
  const overlaps = (one: Manifest, other: Manifest): boolean =>
    one.fromBlock <= other.toBlock && one.toBlock >= other.fromBlock
  const all = [...sound]
  const snapshots = all.filter(({ dataset }) => dataset === 'snapshots')
  for (const manifest of all) {
    const { file, dataset } = manifest
    for (const law of ['content', 'order', 'blocks'] as const) judged(law, file)
    if (dataset !== 'snapshots') judged('running', file)
    if (!beginsHistory(manifest, rules) && dataset !== 'prices' && dataset !== 'snapshots') {
      const reason = `what was before block ${manifest.fromBlock} is taken from the first row that says it`
      if (!all.some((other) => keyOf(other) === keyOf(manifest) && other.fromBlock < manifest.fromBlock)) {
        skip({ law: 'running', file, reason })
      }
    }
    if (dataset === 'snapshots') {
      for (const name of EVENTS) {
        if (all.some((other) => other.dataset === name && covers(other, manifest))) continue
        skip({ law: 'snapshots', file, reason: `there is no export of ${name} that covers its blocks` })
      }
    }
    if (dataset === 'snapshots' || snapshots.some((other) => covers(other, manifest)))
      judged('snapshots', file)
    else skip({ law: 'snapshots', file, reason: 'there is no export of snapshots that covers its blocks' })
    const copies = all.filter(
      (other) => other !== manifest && keyOf(other) === keyOf(manifest) && overlaps(other, manifest),
    )
    const isTold =
      dataset === 'statement' &&
      TOLD.every((name) => all.some((other) => other.dataset === name && covers(other, manifest)))
    if (copies.length > 0 || isTold) judged('copies', file)
  }
}
