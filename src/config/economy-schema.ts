import { checksum, validate } from 'ox/Address'
import { z } from 'zod'
import { type Address, ZERO_ADDRESS } from '../core/address'
import { STAKE_EVENTS, UNSTAKE_EVENTS } from '../core/events'

/** Stands between what is wrong and how to mend it in a message of this schema; no quoted value can contain it. */
export const MEND = '\n'

/** A message of this schema: what is wrong, and how to mend it. */
function says(problem: string, mend: string): string {
  return `${problem}${MEND}${mend}`
}

const address = z
  .string({ error: says('is missing or not text', 'give an address in quotes') })
  .transform((text, context): Address => {
    const refuse = (message: string): Address => {
      context.addIssue({ code: 'custom', message })
      return ZERO_ADDRESS
    }
    if (!/^0x[0-9a-fA-F]{40}$/.test(text)) {
      return refuse(says(`${JSON.stringify(text)} is not an address`, `give 0x and 40 hex digits, in quotes`))
    }
    const lower = text.toLowerCase() as Address
    // EIP-55: mixed case is a checksum, and one that does not hold means a mistyped digit.
    if (text.slice(2) !== lower.slice(2) && !validate(text)) {
      return refuse(
        says(
          `${JSON.stringify(text)} has a wrong EIP-55 checksum`,
          `check every digit: it would be ${checksum(lower)}`,
        ),
      )
    }
    if (lower === ZERO_ADDRESS) return refuse(says('is the zero address', 'name a real one'))
    return lower
  })

const whole = (least: number, most: number) =>
  z
    .int({ error: says(`is missing or not a whole number`, `give one from ${least} to ${most}`) })
    .min(least, { error: says(`is below ${least}`, `give a whole number from ${least} to ${most}`) })
    .max(most, { error: says(`is above ${most}`, `give a whole number from ${least} to ${most}`) })

const text = z.string({ error: says('is missing or not text', 'give a text in quotes') }).min(1, {
  error: says('is empty', 'give a text'),
})

const decimal = z
  .string({ error: says('is missing or not text', 'give a decimal number in quotes, such as "0.01"') })
  .regex(/^\d+(\.\d+)?$/, {
    error: says('is not a plain decimal number', 'write it like "1000000000" or "0.01"'),
  })

const block = whole(0, 2_147_483_647)
const bps = whole(0, 10_000)
const partialHistory = z
  .boolean({ error: says('is not true or false', 'write true or false') })
  .default(false)
const indexedTransfers = z
  .boolean({ error: says('is not true or false', 'write true or false') })
  .default(true)
const wallets = z.array(address, { error: says('is not a list', 'write a list of addresses, [] for none') })
const explorer = z.url({
  protocol: /^https?$/,
  error: says('is not a web address', 'give one like https://basescan.org'),
})

const finalityMessage = {
  error: says('is not understood', 'write { tag: finalized }, { tag: safe } or { confirmations: 64 }'),
}
const finality = z.union(
  [
    z.strictObject({ tag: z.enum(['finalized', 'safe'], finalityMessage) }, finalityMessage),
    z.strictObject(
      { confirmations: z.int(finalityMessage).min(0, finalityMessage).max(100_000, finalityMessage) },
      finalityMessage,
    ),
  ],
  finalityMessage,
)

const oneOf = (words: readonly string[]) => ({
  error: says('is not known', `write one of ${words.join(', ')}`),
})
const view = z
  .string({ error: says('is missing or not text', 'give the name of a view function') })
  .regex(/^[A-Za-z_$][\w$]*$/, {
    error: says('is not the name of a function', 'give the name alone, such as totalStaked'),
  })

const object = { error: says('is missing or not a section', 'add it as in README, "Your own economy"') }

/** The economy file as the operator writes it; unknown keys are refused everywhere. */
export const economySchema = z.strictObject(
  {
    chain: z.strictObject(
      { id: whole(1, 2_147_483_647), name: text, finality, explorer: explorer.optional() },
      object,
    ),
    contracts: z.strictObject(
      {
        token: z.strictObject(
          {
            address,
            startBlock: block,
            decimals: whole(0, 36),
            symbol: text,
            partialHistory,
            indexedTransfers,
          },
          object,
        ),
        staking: z.strictObject(
          {
            address,
            startBlock: block,
            rewardToken: z.enum(['stable', 'token'], {
              error: says('is not known', 'write stable or token'),
            }),
            partialHistory,
            custody: z
              .boolean({
                error: says('is not true or false', 'write false where staked tokens stay with their owner'),
              })
              .default(true),
            events: z
              .strictObject(
                {
                  stake: z.enum(STAKE_EVENTS, oneOf(STAKE_EVENTS)).optional(),
                  unstake: z.enum(UNSTAKE_EVENTS, oneOf(UNSTAKE_EVENTS)).optional(),
                },
                object,
              )
              .default({}),
            views: z.strictObject({ totalStaked: view, stakeOf: view }, object).optional(),
          },
          object,
        ),
        stable: z.strictObject(
          {
            address,
            startBlock: block.optional(),
            decimals: whole(0, 36),
            symbol: text,
            partialHistory,
            indexedTransfers,
          },
          object,
        ),
        pair: z.strictObject({ address, startBlock: block }, object).optional(),
      },
      object,
    ),
    wallets: z.strictObject(
      {
        treasury: wallets.min(1, { error: says('is empty', 'name at least one treasury wallet') }),
        buyback: wallets.default([]),
        rewards: wallets.optional(),
        internal: wallets.default([]),
        bridges: wallets.default([]),
        dead: wallets.default(['0x000000000000000000000000000000000000dead']),
        excluded: z
          .array(z.strictObject({ address, label: text, fromBlock: block }, object), {
            error: says('is not a list', 'write a list of { address, label, fromBlock }, [] for none'),
          })
          .default([]),
      },
      object,
    ),
    policy: z.strictObject(
      {
        maxSupply: decimal,
        burnBps: bps,
        rewardsBps: bps,
        unstakedWorkerBps: bps,
        stakedWorkerBps: bps,
        minimumWorkerStake: decimal.default('0'),
        creditPriceUsd: decimal,
      },
      object,
    ),
  },
  object,
)

export type RawEconomy = z.output<typeof economySchema>
