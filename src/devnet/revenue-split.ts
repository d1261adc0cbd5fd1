import { callOf, quoteBuy, readNumber } from './contracts'
import type { EconomyContext } from './economy-context'

/**
 * How a buyback reaches the chain. A buyback is not a burn: swap and burn can be one transaction, two of one
 * block, or two of different blocks; and one transaction can hold two equal burns.
 */
const WAYS = ['together', 'apart', 'same-block', 'twice'] as const
type Way = (typeof WAYS)[number]

/** Where the protocol is between two distributions. */
type SplitStage = 'collecting' | 'distributed' | { readonly burning: 'apart' | 'twice' }

export interface SplitProgress {
  readonly stage: SplitStage
  /** Distributions so far. */
  readonly rounds: number
}

export const SPLIT_BEGINNING: SplitProgress = { stage: 'collecting', rounds: 0 }

/** Where the split is according to the chain: for a run that goes on where another one ended. */
export async function readSplitProgress(
  { rpc, contracts }: EconomyContext,
  rounds: number,
): Promise<SplitProgress> {
  const { burner, stable, token } = contracts
  if ((await readNumber(rpc, token, 'balanceOf', [burner.address])) > 0n) {
    return { stage: { burning: 'apart' }, rounds }
  }
  const unspent = await readNumber(rpc, stable, 'balanceOf', [burner.address])
  return { stage: unspent > 0n ? 'distributed' : 'collecting', rounds }
}

/**
 * Takes the next step of the split, if one is due: distribute, then buy back, then burn what is not burned.
 * To be called first in a block: quotes hold only while nothing else has traded.
 * @param due whether revenue should be distributed now
 */
export async function advanceSplit(
  context: EconomyContext,
  progress: SplitProgress,
  due: boolean,
): Promise<SplitProgress> {
  const { stage, rounds } = progress
  if (stage === 'distributed') {
    const way = WAYS[(rounds + WAYS.length - 1) % WAYS.length] as Way
    return { stage: await buyBack(context, way), rounds }
  }
  if (stage !== 'collecting') {
    await burnBought(context, stage.burning)
    return { stage: 'collecting', rounds }
  }
  if (!due) return progress
  if ((await readNumber(context.rpc, context.contracts.treasury, 'undistributed')) < 2n) return progress
  const anyone = context.random.pick(context.roles.stakers)
  await context.sender.send(callOf(anyone, context.contracts.treasury, 'distribute'))
  return { stage: 'distributed', rounds: rounds + 1 }
}

async function buyBack(context: EconomyContext, way: Way): Promise<SplitStage> {
  const { rpc, contracts, sender, roles } = context
  const { burner, stable } = contracts
  const spent = await readNumber(rpc, stable, 'balanceOf', [burner.address])
  if (spent === 0n) return 'collecting'
  const quote = await quoteBuy(rpc, contracts, spent)
  const worst = (quote * 98n) / 100n
  if (way === 'together') {
    await sender.send(callOf(roles.owner, burner, 'buyback', [spent, worst]))
    return 'collecting'
  }
  await sender.send(callOf(roles.owner, burner, 'buy', [spent, worst]))
  if (way !== 'same-block') return { burning: way }
  await sender.send(callOf(roles.owner, burner, 'burn', [worst]))
  return { burning: 'apart' }
}

async function burnBought(context: EconomyContext, how: 'apart' | 'twice'): Promise<void> {
  const { rpc, contracts, sender, roles } = context
  const { burner, token } = contracts
  const bought = await readNumber(rpc, token, 'balanceOf', [burner.address])
  if (bought === 0n) return
  if (how === 'apart') {
    await sender.send(callOf(roles.owner, burner, 'burn', [bought]))
    return
  }
  await sender.send(callOf(roles.owner, burner, 'burnTwice', [bought / 2n]))
  if (bought % 2n === 1n) await sender.send(callOf(roles.owner, burner, 'burn', [1n]))
}
