import { LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { Address } from '../core/address'
import type { StakeEvent, UnstakeEvent } from '../core/events'
import type { Policy } from '../core/policy'
import { FIXED_POINT_DECIMALS, parseUnits } from '../core/units'
import { economySchema, MEND, type RawEconomy } from './economy-schema'
import type { Problem } from './problems'
import { walletProblems } from './wallet-problems'

/** How deep a block must be, or which tag the node must give it, before it counts as final. */
export type Finality =
  | { readonly kind: 'tag'; readonly tag: 'finalized' | 'safe' }
  | { readonly kind: 'confirmations'; readonly confirmations: number }

export interface TokenContract {
  readonly address: Address
  readonly startBlock: number
  readonly decimals: number
  readonly symbol: string
  readonly partialHistory: boolean
  /** Whether its Transfer has both addresses as topics (EIP-20), so that a node can look for wallets in them. */
  readonly indexedTransfers: boolean
}

export interface StakingContract {
  readonly address: Address
  readonly startBlock: number
  /** Which contract `RewardPaid` is denominated in. */
  readonly rewardToken: 'stable' | 'token'
  readonly partialHistory: boolean
  /** Whether staked tokens move to the contract, rather than stay with their owner. */
  readonly custody: boolean
  /** The events by which stake moves; undefined where the first one that is seen decides. */
  readonly events: {
    readonly stake: StakeEvent['name'] | undefined
    readonly unstake: UnstakeEvent['name'] | undefined
  }
  /** Names of the views that say all stake and one account's; undefined where they are to be found out. */
  readonly views: { readonly totalStaked: string; readonly stakeOf: string } | undefined
}

/** A Uniswap V2 pair of the token and the stable asset. */
export interface PairContract {
  readonly address: Address
  readonly startBlock: number
}

/** The operator's one file, checked: everything about the economy that is not a secret or a URL. */
export interface EconomyFile {
  readonly chain: {
    readonly id: number
    readonly name: string
    readonly finality: Finality
    readonly explorer: string | undefined
  }
  readonly contracts: {
    readonly token: TokenContract
    readonly staking: StakingContract
    /** What the treasury is denominated in. */
    readonly stable: TokenContract
    /** Where the token is traded; undefined where its price comes from buybacks alone. */
    readonly pair: PairContract | undefined
  }
  readonly policy: Policy
  /** Price of one credit in US dollars, as the file spells it. */
  readonly creditPriceUsd: string
}

/**
 * Parses and checks an economy file.
 * @returns undefined if anything is wrong; each problem is then in `problems`, its key prefixed by the place.
 */
export function parseEconomyFile(text: string, path: string, problems: Problem[]): EconomyFile | undefined {
  const before = problems.length
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const report = (offset: number, problem: string): void => {
    const { line, col } = lines.linePos(offset)
    problems.push({ key: `${path}:${line}:${col}`, problem, mend: 'correct the YAML' })
  }
  for (const error of document.errors) report(error.pos[0], error.message)
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document)) report(alias.range?.[0] ?? 0, `there is no anchor &${alias.source}`)
    },
  })
  if (problems.length > before) return undefined
  const parsed = economySchema.safeParse(document.toJS() ?? {})
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(...problemsOfIssue(issue))
    return undefined
  }
  problems.push(...walletProblems(parsed.data))
  const economy = economyOf(parsed.data, problems)
  if (problems.length > before) return undefined
  for (const part of [economy, economy.chain, economy.contracts, economy.policy]) Object.freeze(part)
  return economy
}

function problemsOfIssue(issue: z.core.$ZodIssue): Problem[] {
  const key = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      key: key ? `${key}.${name}` : name,
      problem: 'is not a known key',
      mend: 'remove it or correct its spelling',
    }))
  }
  const [problem, mend] = issue.message.split(MEND)
  return [{ key: key || '(file)', problem: problem ?? issue.message, mend: mend ?? 'correct the value' }]
}

function economyOf(raw: RawEconomy, problems: Problem[]): EconomyFile {
  const { chain, contracts, wallets, policy } = raw
  const whole = (key: string, text: string): bigint => {
    const amount = parseUnits(text, contracts.token.decimals)
    if (amount !== undefined) return amount
    problems.push({
      key: `policy.${key}`,
      problem: `"${text}" has more than ${contracts.token.decimals} decimal places`,
      mend: 'write the amount in whole tokens',
    })
    return 0n
  }
  const { token, pair } = contracts
  // What may be left out is undefined from here on, not absent.
  const { views, events } = contracts.staking
  const staking = { ...contracts.staking, views, events: { stake: events.stake, unstake: events.unstake } }
  const stable = { ...contracts.stable, startBlock: contracts.stable.startBlock ?? token.startBlock }
  return {
    chain: {
      id: chain.id,
      name: chain.name,
      finality:
        'tag' in chain.finality
          ? { kind: 'tag', tag: chain.finality.tag }
          : { kind: 'confirmations', confirmations: chain.finality.confirmations },
      explorer: chain.explorer,
    },
    contracts: { token, staking, stable, pair },
    policy: {
      startBlock: Math.min(...[token, staking, stable, pair ?? token].map(({ startBlock }) => startBlock)),
      staking: staking.address,
      custody: staking.custody,
      decimals: {
        token: token.decimals,
        stable: stable.decimals,
        reward: staking.rewardToken === 'token' ? token.decimals : stable.decimals,
      },
      rewardToken: staking.rewardToken,
      treasury: new Set(wallets.treasury),
      buyback: new Set(wallets.buyback),
      rewards: new Set([staking.address, ...(wallets.rewards ?? [])]),
      internal: new Set(wallets.internal),
      bridges: new Set(wallets.bridges),
      dead: new Set(wallets.dead),
      excluded: wallets.excluded,
      partial: {
        token: token.partialHistory,
        staking: staking.partialHistory,
        stable: stable.partialHistory,
      },
      maxSupply: whole('maxSupply', policy.maxSupply),
      burnBps: policy.burnBps,
      rewardsBps: policy.rewardsBps,
      unstakedWorkerBps: policy.unstakedWorkerBps,
      stakedWorkerBps: policy.stakedWorkerBps,
      minimumWorkerStake: whole('minimumWorkerStake', policy.minimumWorkerStake),
      creditPrice: creditPriceOf(policy.creditPriceUsd, problems),
    },
    creditPriceUsd: policy.creditPriceUsd,
  }
}

function creditPriceOf(text: string, problems: Problem[]): bigint {
  const price = parseUnits(text, FIXED_POINT_DECIMALS)
  if (price !== undefined && price > 0n) return price
  problems.push({
    key: 'policy.creditPriceUsd',
    problem: price === undefined ? `"${text}" has more than ${FIXED_POINT_DECIMALS} decimal places` : 'is 0',
    mend: 'write the price of one credit in dollars, such as "0.01"',
  })
  return 0n
}
