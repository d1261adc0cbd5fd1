import 'reflect-metadata'
import { Field, InputType, Int } from 'type-graphql'
import type { Hash } from '../core/address'
import { DateTimeScalar, HashScalar } from './scalars'

/** Names a block; the resolver checks that exactly one field is set. */
@InputType({ description: 'Names a block, by exactly one of its fields.' })
export class BlockInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Block number: from the first to the newest indexed one.',
  })
  number?: number | null

  @Field(() => HashScalar, {
    nullable: true,
    description: 'Block hash. Only blocks with events, and the newest one, are known by hash.',
  })
  hash?: Hash | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Point in time: the newest block with events that is not after it.',
  })
  timestamp?: number | null
}

/** How every `block` argument is declared. */
export const BLOCK_ARGUMENT = {
  nullable: true,
  description: 'The block at which the answer is true; the newest indexed block if left out.',
} as const
