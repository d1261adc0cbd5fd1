import { second, span } from '../format/time'
import { useClock } from '../parts/age'

/** How long ago something was. It grows without being read out each time. */
export function Since({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString()
  return (
    <time class="since" dateTime={iso} title={second(iso)} aria-live="off">
      {span((useClock() - at) / 1_000)}
    </time>
  )
}
