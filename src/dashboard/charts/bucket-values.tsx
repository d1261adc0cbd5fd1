import { Swatch } from './legend'
import type { Line } from './model'
import type { Subject } from './subject'
import { amountText, bucketText } from './values-text'

interface Shown {
  readonly subject: Subject
  readonly lines: readonly Line[]
  readonly index: number
}

/** The time of a bucket, and every value of it, exact. */
export function BucketValues({ subject, lines, index }: Shown) {
  const bucket = subject.span.points[index]
  if (bucket === undefined) return null
  return (
    <>
      <strong>{bucketText(bucket, subject.grain)}</strong>
      <dl>
        {lines.map((line) => (
          <div key={line.key}>
            <dt>
              {line.look ? <Swatch look={line.look} /> : <span class="swatch" />}
              {line.label}
            </dt>
            <dd>{valueWords(subject, line, index)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The same in one sentence, to be read out. */
export function bucketWords(subject: Subject, lines: readonly Line[], index: number): string {
  const bucket = subject.span.points[index]
  if (bucket === undefined) return ''
  const values = lines.map((line) => `${line.label}: ${valueWords(subject, line, index)}`)
  return `${bucketText(bucket, subject.grain)}. ${values.join('; ')}`
}

function valueWords({ symbols }: Subject, { unit, values, why }: Line, index: number): string {
  const value = values[index] ?? null
  if (value !== null) return amountText(unit, value, symbols)
  return `unknown: ${why?.(index) ?? 'not known at this block.'}`
}
