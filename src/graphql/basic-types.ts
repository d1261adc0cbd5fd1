import 'reflect-metadata'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { Hash } from '../core/address'
import type { ContractName } from '../core/events'
import { formatUnits } from '../core/units'
import type { Unit } from '../read/units'
import { BigIntScalar, DateTimeScalar, HashScalar } from './scalars'

/** The contracts of an economy, under the names of the economy file. */
export const Contract = { token: 'token', staking: 'staking', stable: 'stable' } as const

registerEnumType(Contract, {
  name: 'Contract',
  description: 'A contract of the economy, under its name in the economy file.',
  valuesConfig: {
    token: { description: '$ASHAO: supply, burns, balances.' },
    staking: { description: 'Stakes, and the rewards paid to stakers.' },
    stable: { description: 'The asset that the treasury is denominated in, such as USDC.' },
  },
})

@ObjectType({ description: 'An exact amount of one asset.' })
export class Amount {
  @Field(() => BigIntScalar, { description: 'The amount in base units of the asset.' })
  baseUnits!: bigint

  @Field(() => String, {
    description: 'The same amount in whole units: plain decimal, no exponent, no thousands separator.',
  })
  decimal!: string

  @Field(() => String, { description: 'Symbol of the asset.' })
  symbol!: string
}

/** Spelled where it is asked for: in whole units, most amounts of a long series are not. */
class SpelledAmount implements Amount {
  constructor(
    readonly baseUnits: bigint,
    private readonly unit: Unit,
  ) {}

  get decimal(): string {
    return formatUnits(this.baseUnits, this.unit.decimals)
  }

  get symbol(): string {
    return this.unit.symbol
  }
}

/** An amount with both of its spellings. */
export function amountOf(baseUnits: bigint, unit: Unit): Amount {
  return new SpelledAmount(baseUnits, unit)
}

@ObjectType({
  description: 'The last block with events at or before a block: where its figures were written down.',
})
export class SnapshotRef {
  @Field(() => Int, { description: 'Block number.' })
  block!: number

  @Field(() => HashScalar, { description: 'Block hash.' })
  hash!: Hash

  @Field(() => DateTimeScalar, { description: 'Time of the block.' })
  timestamp!: number

  @Field(() => String, {
    description: 'History digest: one SHA-256 that commits to every event up to and including this block.',
  })
  digest!: string
}

@ObjectType({ description: 'The block at which every figure of an answer is true.' })
export class AsOf {
  @Field(() => Int, { description: 'Block number.' })
  block!: number

  @Field(() => HashScalar, {
    nullable: true,
    description: 'Block hash; null where the block has no events and is not the newest one.',
  })
  hash!: Hash | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of the block; null where `hash` is.' })
  timestamp!: number | null

  @Field(() => Boolean, { description: 'Whether the block can no longer be reorganised away.' })
  finalized!: boolean

  @Field(() => Int, {
    nullable: true,
    description:
      'Whole seconds between the newest indexed block and now; null where a block was named: such an answer does not age.',
  })
  lagSeconds!: number | null

  @Field(() => [Contract], {
    description: 'Contracts whose history before their start block was left out; empty for a whole history.',
  })
  partial!: readonly ContractName[]

  @Field(() => SnapshotRef, { description: 'Where the figures of this block were written down.' })
  snapshot!: SnapshotRef
}
