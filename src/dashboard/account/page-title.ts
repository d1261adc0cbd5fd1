import { useEffect } from 'preact/hooks'

/** Names what is shown in the title of the document, as long as it is. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = `${title} · ${before}`
    return () => {
      document.title = before
    }
  }, [title])
}
