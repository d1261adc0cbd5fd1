import { useEffect, useState } from 'preact/hooks'

/** Milliseconds for which it is said that something was copied. */
const SAID = 2_000

/** Copies a text; where the browser does not let it, says so. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), SAID)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => {
    // Only secure pages have a clipboard.
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    setSaid(done ? 'Copied' : 'Not allowed')
  }
  return (
    <button type="button" class="copy" onClick={() => void copy()}>
      <span aria-live="polite">{said || 'Copy'}</span>
      <span class="spoken"> {what}</span>
    </button>
  )
}
