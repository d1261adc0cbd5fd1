/** What answers to operations are written in. */
export const JSON_TYPE = 'application/json'
export const GRAPHQL_TYPE = 'application/graphql-response+json'
/** What a browser is shown. */
export const HTML_TYPE = 'text/html'

type MediaType = typeof JSON_TYPE | typeof GRAPHQL_TYPE | typeof HTML_TYPE

/** Of answers to operations. */
export const ANSWER_TYPES = [GRAPHQL_TYPE, JSON_TYPE] as const
export type AnswerType = (typeof ANSWER_TYPES)[number]

interface Range {
  readonly type: string
  /** From 0, which refuses the type, to 1. */
  readonly quality: number
}

/**
 * Which media type an answer has, by the request's `Accept` (RFC 9110, 12.5.1): the one of the highest quality; of equal
 * ones, the one that is named rather than covered by a wildcard. Without a preference it is
 * JSON, as GraphQL over HTTP wants it of clients that do not know its own type.
 * @param offered what the answer could be, in the order in which they win among equals
 * @returns undefined where none is accepted
 */
export function chooseMediaType<Type extends MediaType>(
  accept: string | undefined,
  offered: readonly Type[],
): Type | typeof JSON_TYPE | undefined {
  if (accept === undefined || accept.trim() === '') return JSON_TYPE
  const ranges = accept.split(',').map(rangeOf)
  const offers = offered.flatMap((type) => {
    const named = ranges.find((range) => range.type === type)
    // A page is for those who ask for one, not for those who take anything.
    const range = named ?? (type === HTML_TYPE ? undefined : wildcardOf(ranges))
    if (range === undefined || range.quality === 0) return []
    return [{ type, quality: range.quality, named: named !== undefined }]
  })
  const best = Math.max(...offers.map(({ quality }) => quality))
  const equals = offers.filter(({ quality }) => quality === best)
  const preferred = equals.find(({ named }) => named) ?? equals.find(({ type }) => type === JSON_TYPE)
  return (preferred ?? equals[0])?.type
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = weight === undefined ? 1 : Number(weight.slice(2))
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** The more specific of the two. */
function wildcardOf(ranges: readonly Range[]): Range | undefined {
  return ranges.find(({ type }) => type === 'application/*') ?? ranges.find(({ type }) => type === '*/*')
}
