/** Milliseconds that a pointer rests before a definition shows, and may be elsewhere before it goes: on the way into it, say. */
const REST = { show: 120, hide: 250 } as const
/** Pixels between the name, its definition and the edges of the screen. */
const GAP = 8

/** A text beside a name, shown while somebody wants it. */
export interface Definition {
  show(): void
  showSoon(): void
  hide(): void
  hideSoon(): void
}

/** The definition that is shown: one at a time, as there is one reader. */
let hideShown: (() => void) | undefined

/**
 * Shows a text beside a name, above everything and within the screen, wherever the name is. Escape, a press elsewhere and
 * the name scrolling away hide it.
 */
export function definitionOf(name: HTMLElement, text: HTMLElement): Definition {
  let timer: ReturnType<typeof setTimeout> | undefined
  let heard: AbortController | undefined

  function show(): void {
    clearTimeout(timer)
    if (heard !== undefined) return
    hideShown?.()
    hideShown = hide
    heard = new AbortController()
    const { signal } = heard
    text.showPopover?.()
    text.classList.add('shown')
    place(name, text)
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide(), { signal })
    document.addEventListener('pointerdown', ({ target }) => isElsewhere(target) && hide(), { signal })
    document.addEventListener('scroll', follow, { signal, capture: true, passive: true })
    addEventListener('resize', hide, { signal })
  }

  function hide(): void {
    clearTimeout(timer)
    if (heard === undefined) return
    heard.abort()
    heard = undefined
    if (hideShown === hide) hideShown = undefined
    text.classList.remove('shown')
    // What was taken out of the page is hidden already.
    if (text.isConnected) text.hidePopover?.()
  }

  function follow(): void {
    const { top, bottom } = name.getBoundingClientRect()
    if (bottom < 0 || top > innerHeight) hide()
    else place(name, text)
  }

  const isElsewhere = (target: EventTarget | null) =>
    !(target instanceof Node && (name.contains(target) || text.contains(target)))
  function soon(act: () => void, wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(act, wait)
  }
  return { show, hide, showSoon: () => soon(show, REST.show), hideSoon: () => soon(hide, REST.hide) }
}

/** Below the name, above it where there is no room; as far left as needed to be seen whole. */
function place(name: HTMLElement, text: HTMLElement): void {
  const at = name.getBoundingClientRect()
  const { width, height } = text.getBoundingClientRect()
  const left = Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - width - GAP))
  const isRoomBelow = at.bottom + GAP + height <= innerHeight
  const top = isRoomBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)
  text.style.left = `${left}px`
  text.style.top = `${top}px`
}
