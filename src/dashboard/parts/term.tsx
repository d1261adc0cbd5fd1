import { useEffect, useId, useRef } from 'preact/hooks'
import { useDictionary } from '../data/overview'
import { type Definition, definitionOf } from './definition'
import './term.css'

interface Defined {
  /** Its group and name in the data dictionary: `supply.cumulativeBurn`. */
  readonly figure: string
  readonly children: string
}

/** The name of a figure, with its definition for who points at it, tabs to it or taps on it. */
export function Term({ figure, children }: Defined) {
  const id = useId()
  const { answer } = useDictionary()
  const name = useRef<HTMLButtonElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  const definition = useRef<Definition>(undefined)
  const found = answer?.figures.find((one) => `${one.group}.${one.name}` === figure)
  const isKnown = found !== undefined
  useEffect(() => {
    if (!isKnown || !name.current || !text.current) return
    definition.current = definitionOf(name.current, text.current)
    return () => definition.current?.hide()
  }, [isKnown])
  if (found === undefined) return <span>{children}</span>
  const hasMouse = ({ pointerType }: PointerEvent) => pointerType === 'mouse'
  return (
    <span
      class="term"
      onPointerEnter={(event) => hasMouse(event) && definition.current?.showSoon()}
      onPointerLeave={(event) => hasMouse(event) && definition.current?.hideSoon()}
    >
      <button
        ref={name}
        type="button"
        aria-describedby={id}
        onClick={() => definition.current?.show()}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && definition.current?.show()}
        onBlur={() => definition.current?.hide()}
      >
        {children}
      </button>
      <span ref={text} class="definition" role="tooltip" id={id} popover="manual">
        <code>{figure}</code>
        <span>{found.definition}</span>
        <em>Source: {found.source}.</em>
      </span>
    </span>
  )
}
