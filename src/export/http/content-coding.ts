/** How the bytes of an answer are compressed on their way. */
export type Coding = 'identity' | 'gzip' | 'zstd'

const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/**
 * Chooses a content coding (RFC 9110, 12.5.3): the one that the client likes best, and of those that it likes equally the
 * one that is offered first. Without a word on it, identity comes after all that are named: who names none gets none.
 * @param accepted the request's Accept-Encoding
 * @param offered codings besides identity, the better one first
 */
export function chooseCoding(accepted: string | undefined, offered: readonly Coding[]): Coding {
  const qualities = qualitiesOf(accepted ?? '')
  let best: Coding = 'identity'
  let highest = qualities.get('identity') ?? 0
  // Identity is what is left where nothing suits, also where the client says that it does not want it.
  for (const coding of [...offered].reverse()) {
    const quality = qualities.get(coding) ?? qualities.get('*') ?? 0
    if (quality === 0 || quality < highest) continue
    best = coding
    highest = quality
  }
  return best
}

function qualitiesOf(accepted: string): ReadonlyMap<string, number> {
  const qualities = new Map<string, number>()
  for (const element of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = element.split(';').map((part) => part.trim())
    if (name === '') continue
    // RFC 9110, 8.4.1.3: x-gzip is the same.
    qualities.set(name === 'x-gzip' ? 'gzip' : name, qualityOf(parameters))
  }
  return qualities
}

/** A weight that is misspelt asks for nothing that could be given. */
function qualityOf(parameters: readonly string[]): number {
  if (parameters.length === 0) return 1
  const [, quality] = QUALITY.exec(parameters.join(';')) ?? []
  return quality === undefined ? 0 : Number(quality)
}
