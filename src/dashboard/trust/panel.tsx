import type { ComponentChildren } from 'preact'

interface PanelParts {
  readonly id: string
  readonly title: string
  /** What is checked, for who asks it the first time. */
  readonly about: ComponentChildren
  readonly isWide?: boolean
  readonly children: ComponentChildren
}

/** One part of the trust panel, with an address of its own. */
export function Panel({ id, title, about, isWide = false, children }: PanelParts) {
  return (
    <section class={isWide ? 'card proof wide' : 'card proof'} id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <p class="about">{about}</p>
      {children}
    </section>
  )
}

export type State = 'good' | 'bad' | 'open'

/** How something stands, by a sign and a word: the colour only repeats it. */
export function StateMark({ state, children }: { readonly state: State; readonly children: string }) {
  return (
    <span class={`state ${state}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SIGNS[state]} />
      </svg>
      {children}
    </span>
  )
}

const SIGNS: Readonly<Record<State, string>> = {
  good: 'm3 8.5 3.2 3.2L13 4.8',
  bad: 'm4 4 8 8m0-8-8 8',
  open: 'M3.5 8h9',
}
