import type { Known } from '../data/answers'
import { second } from '../format/time'

/**
 * Says that an answer is an older one, where the newest question for it was refused: it is shown on, and not as fresh. That
 * nobody can be reached is said at the top of the page, once.
 */
export function Outdated({ known: { answer, since, failure, retry } }: { readonly known: Known<unknown> }) {
  if (answer === undefined || since === undefined || failure?.code === undefined) return null
  return (
    <div class="outdated" role="status">
      <p>
        Received at {second(new Date(since).toISOString())}, and old. {failure.message}{' '}
        <code>{failure.code}</code>
      </p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}
