import type { ComponentChildren } from 'preact'
import { addressOf, useRoute } from '../data/route'
import { span } from '../format/time'
import type { Lag } from './alarms'
import { percentDone } from './progress'

interface NoticeParts {
  readonly kind: 'grave' | 'known'
  readonly title: string
  /** Part of the trust panel that says more. */
  readonly more?: string
  readonly children: ComponentChildren
}

/** One thing that a reader has to know: what it is, what it means for the figures, and where more is said. */
export function Notice({ kind, title, more, children }: NoticeParts) {
  return (
    <div class={`notice ${kind}`}>
      <Mark kind={kind} />
      <div>
        <strong>{title}</strong> <div class="says">{children}</div>
      </div>
      {more && <More part={more} />}
    </div>
  )
}

function More({ part }: { readonly part: string }) {
  const { account } = useRoute()
  // The panel is on the overview.
  const page = account === undefined ? '' : addressOf({ account: undefined })
  return (
    <a class="details" href={`${page}#${part}`}>
      Details
    </a>
  )
}

function Mark({ kind }: Pick<NoticeParts, 'kind'>) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      {kind === 'grave' ? <path d="M12 3 22 21H2Z" /> : <circle cx="12" cy="12" r="9.5" />}
      <path d={kind === 'grave' ? 'M12 10v5M12 17.6v.4' : 'M12 11v6M12 7v.4'} />
    </svg>
  )
}

interface ProgressParts {
  readonly lag: Lag
  readonly secondsLeft: number | undefined
}

/** How much of the chain is indexed, and how long the rest will take. */
export function Progress({ lag: { indexed, chainHead, startBlock }, secondsLeft }: ProgressParts) {
  const done = percentDone(startBlock, indexed, chainHead)
  return (
    <div class="progress" aria-live="off">
      <progress max={100} value={done} aria-label="Indexed part of the chain" />
      <span>
        {done}%: block {indexed.toLocaleString('en-US')} of {chainHead.toLocaleString('en-US')},{' '}
        {(chainHead - indexed).toLocaleString('en-US')} to go
        {secondsLeft === undefined ? '' : `, about ${span(secondsLeft)} at the present pace`}
      </span>
    </div>
  )
}
