import { useEffect, useState } from 'preact/hooks'
import { useLiveness } from '../data/live'
import { addressOf, go, useRoute, WINDOWS } from '../data/route'

const LIVENESS = {
  connecting: 'Connecting',
  live: 'Live',
  asking: 'Asking every 5 s',
  lost: 'Not connected',
  old: 'Old',
} as const

/**
 * Who this is, how fresh it is, for which window, and in which light.
 * @param isOld whether the figures are too old to pass for now
 */
export function Masthead({ isOld }: { readonly isOld: boolean }) {
  const { window } = useRoute()
  const heard = useLiveness()
  const liveness = isOld && heard === 'live' ? 'old' : heard
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go({ account: undefined })
  }
  return (
    <header class="masthead">
      <a class="home" href={addressOf({ account: undefined })} onClick={follow}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 2c1 6 9 9 9 18a9 9 0 0 1-18 0c0-4 2-7 4-8 0 4 1 6 3 6 3 0 1-8 2-16z" />
        </svg>
        $ASHAO economy
      </a>
      <span class={`liveness ${liveness}`} role="status">
        {LIVENESS[liveness]}
      </span>
      <fieldset class="windows">
        <legend class="spoken">Window of time</legend>
        {WINDOWS.map(({ name, short, long }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === window}
            title={long}
            onClick={() => go({ window: name })}
          >
            {short}
          </button>
        ))}
      </fieldset>
      <ThemeSwitch />
    </header>
  )
}

const THEMES = ['auto', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const KEPT = 'ashao-theme'

/** The light that the reader chose last; that of the system where nothing was chosen. */
export function applyTheme(theme = readTheme()): void {
  document.documentElement.dataset.theme = theme
}

function readTheme(): Theme {
  const kept = localStorage.getItem(KEPT)
  return THEMES.find((theme) => theme === kept) ?? 'auto'
}

function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme)
  useEffect(() => {
    localStorage.setItem(KEPT, theme)
    applyTheme(theme)
  }, [theme])
  return (
    <label class="theme">
      <span class="spoken">Colours</span>
      <select value={theme} onChange={({ currentTarget }) => setTheme(currentTarget.value as Theme)}>
        <option value="auto">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  )
}
