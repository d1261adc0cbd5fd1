import type { ComponentChildren } from 'preact'
import type { Known } from '../data/answers'
import { Outdated } from './outdated'

const LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
const OUTLINE = LINES.map((line) => <span key={line} />)

interface Shown<Answer> {
  readonly known: Known<Answer>
  /** What is being waited for, as a reader would call it. */
  readonly what: string
  /** How much room it will take, so that nothing jumps when it comes; twelve lines at most. */
  readonly lines?: number
  readonly children: (answer: Answer) => ComponentChildren
}

/** An answer; before it comes its outline, and where it does not come the reason, with a way to try again. */
export function Pending<Answer>({ known, what, lines = 3, children }: Shown<Answer>) {
  const { answer, failure, retry } = known
  if (answer !== undefined) {
    return (
      <>
        <Outdated known={known} />
        {children(answer)}
      </>
    )
  }
  if (failure !== undefined) {
    return (
      <div class="failure" role="alert">
        <p>
          No {what}: {failure.message} {failure.code && <code>{failure.code}</code>}
        </p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </div>
    )
  }
  return (
    <div class="skeleton" role="status" aria-label={`Loading ${what}`}>
      {OUTLINE.slice(0, lines)}
    </div>
  )
}
