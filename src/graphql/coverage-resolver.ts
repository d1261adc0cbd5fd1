import 'reflect-metadata'
import { Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql'
import type { CoverageSource as SourceName, Verification as VerificationName } from '../core/coverage'
import type { CoverageTotal as Total } from '../read/coverage'
import { ENTITIES } from '../read/entities/entities'
import type { ApiContext } from './context'

/** An enum of schema.graphql, for the decorators. */
function storedEnum(name: string): Readonly<Record<string, string>> {
  const type = ENTITIES.enums.get(name)
  if (type === undefined) throw new RangeError(`there is no enum ${name}`)
  const values = Object.fromEntries(type.values.map((value) => [value.name, value.name]))
  const described = type.values.map((value) => [value.name, { description: value.description }])
  registerEnumType(values, {
    name,
    description: type.description,
    valuesConfig: Object.fromEntries(described),
  })
  return values
}

const CoverageSource = storedEnum('CoverageSource')
const Verification = storedEnum('Verification')

@ObjectType({ description: 'All blocks that were read in one way.' })
class CoverageTotal {
  @Field(() => CoverageSource, { description: 'Where the blocks were read.' })
  source!: SourceName

  @Field(() => Verification, { description: 'What was to be checked of them.' })
  verification!: VerificationName

  @Field(() => Int, { description: 'How many blocks.' })
  blocks!: number

  @Field(() => Int, {
    description:
      'Of how many of them it was checked: all for BLOOM, those with events for RECEIPTS, those of the sampled ranges for QUORUM.',
  })
  blocksChecked!: number

  @Field(() => Int, { description: 'In how many runs they lie.' })
  runs!: number
}

/** How the history was read, as a whole; the runs themselves are an entity. */
@Resolver()
export class CoverageResolver {
  @Query(() => [CoverageTotal], { description: 'How many indexed blocks were read in each way.' })
  coverageTotals(@Ctx() { reads }: ApiContext): Promise<readonly Total[]> {
    return reads.coverageTotals()
  }
}
