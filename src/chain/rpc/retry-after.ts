/** Milliseconds of a `Retry-After` header (RFC 9110: seconds or a date); `date` is the answer's own Date header. */
export function retryAfterHeader(
  value: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000))
  const until = Date.parse(value)
  if (Number.isNaN(until)) return undefined
  // Their clock, where they tell it: ours may be minutes off.
  const sent = date === undefined ? Number.NaN : Date.parse(date)
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent))
}

const WORDED =
  /(?:try again|try_again|retry|wait|backoff|available)(?: again)?[^\d]{0,12}?(\d+(?:\.\d+)?) ?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?)\b/i

/** Milliseconds that the text of an error asks to wait: "try again in 10ms", "retry in 1.5s", "wait 2 minutes". */
export function retryAfterText(text: string): number | undefined {
  const [, amount, unit = ''] = WORDED.exec(text) ?? []
  if (amount === undefined) return undefined
  const factor = /^(ms|milli)/i.test(unit) ? 1 : /^s/i.test(unit) ? 1000 : 60_000
  return Math.ceil(Number(amount) * factor)
}

/** Milliseconds that the data of a JSON-RPC error asks to wait (Infura: `rate.backoff_seconds`; others: by name). */
export function retryAfterData(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const fields = { ...data, ...('rate' in data && typeof data.rate === 'object' ? data.rate : {}) }
  for (const [name, value] of Object.entries(fields)) {
    if (!/^(backoff_seconds|retry_?after|try_again_in|retry_in)$/i.test(name)) continue
    const worded = typeof value === 'string' ? retryAfterText(`retry ${value}`) : undefined
    if (worded !== undefined) return worded
    const seconds = Number(value)
    // Infura sends 0 where it has no advice.
    if (Number.isFinite(seconds) && seconds > 0) return Math.ceil(seconds * 1000)
  }
  return undefined
}
