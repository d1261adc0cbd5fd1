import { type GraphQLLeafType, isEnumType } from 'graphql'

/** JSON of a value of a leaf type. @throws whatever the type refuses it with */
export type WriteLeaf = (value: unknown) => string

/** Of a scalar whose text has no sign that JSON would have to escape. */
export const PLAIN_TEXT = { extensions: { isPlainText: true } }

/** How values of a type are written: most of an answer is numbers, hashes and times, which are only put between quotes. */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  const isPlainText = isEnumType(type) || type.extensions.isPlainText === true
  return (value) => {
    const given: unknown = type.serialize(value)
    if (given === null || given === undefined) throw new TypeError(`a ${type.name} is nothing`)
    return isPlainText && typeof given === 'string' ? `"${given}"` : JSON.stringify(given)
  }
}
