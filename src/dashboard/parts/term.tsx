import { useId } from 'preact/hooks'
import { useDictionary } from '../data/overview'

interface Defined {
  /** Its group and name in the data dictionary: `supply.cumulativeBurn`. */
  readonly figure: string
  readonly children: string
}

/** The name of a figure, with its definition for who points at it, tabs to it or taps on it. */
export function Term({ figure, children }: Defined) {
  const id = useId()
  const { answer } = useDictionary()
  const found = answer?.figures.find(({ group, name }) => `${group}.${name}` === figure)
  if (found === undefined) return <span>{children}</span>
  return (
    <span class="term">
      <button type="button" aria-describedby={id} onKeyDown={hideOnEscape}>
        {children}
      </button>
      <span role="tooltip" id={id}>
        <strong>{figure}</strong> {found.definition} <em>Source: {found.source}.</em>
      </span>
    </span>
  )
}

function hideOnEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && event.currentTarget instanceof HTMLElement) event.currentTarget.blur()
}
