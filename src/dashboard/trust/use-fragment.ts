import { useEffect, useState } from 'preact/hooks'

/** What the address names on the page, without its `#`. */
export function useFragment(): string {
  const [fragment, setFragment] = useState(read)
  useEffect(() => {
    const heard = () => setFragment(read())
    addEventListener('hashchange', heard)
    return () => removeEventListener('hashchange', heard)
  }, [])
  return fragment
}

function read(): string {
  try {
    return decodeURIComponent(location.hash.slice(1))
  } catch {
    // No name at all, such as `#%`.
    return ''
  }
}
