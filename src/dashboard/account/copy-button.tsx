import { useEffect, useState } from 'preact/hooks'

/** Milliseconds that the button says what it did. */
const SAID = 2_000

/** Copies a text. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [done, setDone] = useState<boolean>()
  useEffect(() => {
    if (done === undefined) return
    const timer = setTimeout(() => setDone(undefined), SAID)
    return () => clearTimeout(timer)
  }, [done])
  const say = done === undefined ? 'Copy' : done ? 'Copied' : 'Not copied'
  return (
    <>
      <button type="button" aria-label={`Copy ${what}`} onClick={async () => setDone(await copied(text))}>
        {say}
      </button>
      <span class="spoken" role="status">
        {done === undefined ? '' : say}
      </span>
    </>
  )
}

/** Whether it went to the clipboard: browsers refuse it to pages without TLS. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
