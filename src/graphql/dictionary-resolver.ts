import 'reflect-metadata'
import { Field, ObjectType, Query, Resolver } from 'type-graphql'
import type { ContractName } from '../core/events'
import { dataDictionary, type FigureEntry, sqlColumn } from '../core/figures'
import { Contract } from './basic-types'
import { FigureUnit } from './figure-enums'

@ObjectType({ description: 'What one figure is: the same for every interface and every block.' })
class Figure {
  @Field(() => String, { description: 'The group that it belongs to; group and name are its path.' })
  group!: string

  @Field(() => String, { description: 'Its name, the same everywhere.' })
  name!: string

  @Field(() => FigureUnit, { description: 'What it is counted in.' })
  unit!: FigureEntry['unit']

  @Field(() => String, { description: 'How it comes about, in terms of other figures and of events.' })
  definition!: string

  @Field(() => String, { description: 'What on the chain it rests on.' })
  source!: string

  @Field(() => [Contract], {
    description: 'Contracts that must be indexed from their start for it to be true.',
  })
  dependsOn!: readonly ContractName[]

  @Field(() => Boolean, {
    description:
      'Whether it is null where the history of such a contract is partial, rather than a change since the start block.',
  })
  needsWholeHistory!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Column of the table `snapshot` that holds it; null where it is computed from such columns.',
  })
  column!: string | null
}

/** The data dictionary itself. */
@Resolver()
export class DictionaryResolver {
  @Query(() => [Figure], {
    description: 'The data dictionary: every figure with unit, definition and source.',
  })
  figures(): readonly Figure[] {
    return dataDictionary().map(({ column, needsWholeHistory = false, ...entry }) => ({
      ...entry,
      needsWholeHistory,
      column: column === undefined ? null : sqlColumn(column),
    }))
  }
}
