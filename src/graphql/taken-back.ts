import { GraphQLID, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType } from 'graphql'
import type { CorrectionRow } from '../read/corrections'
import { DateTimeScalar, HashScalar } from './scalars'
import type { TypeNamed } from './type-named'
import { outputNamed } from './type-named'

/** Rows of one kind that one block had, and that were taken back. */
interface TakenBack extends Omit<CorrectionRow, 'rowId'> {
  readonly rowIds: readonly string[]
}

/** The type of what `corrections` tells. */
export function takenBackType(typeNamed: TypeNamed): GraphQLObjectType<TakenBack> {
  return new GraphQLObjectType<TakenBack>({
    name: 'TakenBack',
    description:
      'Rows of one kind that one block had, and that are gone since the chain was reorganised. They may have been served before.',
    fields: {
      id: {
        type: new GraphQLNonNull(GraphQLID),
        description: 'Id of the last of these corrections: `after` takes it.',
      },
      entity: {
        type: new GraphQLNonNull(outputNamed(typeNamed, 'CorrectedEntity')),
        description: 'What the rows were.',
      },
      blockNumber: {
        type: new GraphQLNonNull(GraphQLInt),
        description: 'Number of the block that had them.',
      },
      blockHash: {
        type: HashScalar,
        description: 'Hash of that block; null where rows were deleted by hand and nothing says it.',
      },
      blockTimestamp: { type: new GraphQLNonNull(DateTimeScalar), description: 'Time of that block.' },
      replacementHash: {
        type: HashScalar,
        description:
          'Hash of the block that was indexed next at that height; null where there is none yet, or nothing tells of it.',
      },
      replacementTimestamp: { type: DateTimeScalar, description: 'Time of that block; null with its hash.' },
      baseBlock: {
        type: new GraphQLNonNull(GraphQLInt),
        description:
          'Number of the newest block that the chain before and the chain after have in common: what is above it has to be read again.',
      },
      rowIds: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLID))),
        description: 'Ids that the rows had. Rows of the chain that won may have the same.',
      },
      takenBackAt: { type: new GraphQLNonNull(DateTimeScalar), description: 'When they were taken back.' },
    },
  })
}

/** Puts corrections together that follow each other and are about one block and one kind of row. */
export function takenBackOf(corrections: readonly CorrectionRow[]): readonly TakenBack[] {
  const groups: [CorrectionRow, ...CorrectionRow[]][] = []
  for (const row of corrections) {
    const group = groups.at(-1)
    if (group !== undefined && isAlike(group[0], row)) group.push(row)
    else groups.push([row])
  }
  return groups.map((group) => {
    const { rowId: _, ...last } = group.at(-1) ?? group[0]
    return { ...last, rowIds: group.map(({ rowId }) => rowId) }
  })
}

function isAlike(one: CorrectionRow, other: CorrectionRow): boolean {
  return (
    one.entity === other.entity &&
    one.blockNumber === other.blockNumber &&
    one.blockHash === other.blockHash &&
    one.takenBackAt === other.takenBackAt
  )
}
