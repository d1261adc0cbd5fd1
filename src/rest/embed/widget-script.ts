/** How often a widget in sight looks for newer figures, in milliseconds. */
export const REFRESH_MS = 15_000
/** How long it waits for them. */
const PATIENCE_MS = 10_000

/**
 * Keeps a widget current: asks for its own page again, which is one small answer or a 304, and takes over what it shows.
 * So figures are spelled in one place, and what is refused by now is said instead of them. Where there is no answer,
 * the figures stay, but no longer as if they were current.
 */
export const WIDGET_SCRIPT = `
let tag
async function refresh() {
  const shown = document.querySelector('main')
  if (document.hidden || !shown.hasAttribute('data-live')) return
  try {
    const headers = { accept: 'text/html' }
    if (tag) headers['if-none-match'] = tag
    const answer = await fetch(location.href, { headers, cache: 'no-store', signal: AbortSignal.timeout(${PATIENCE_MS}) })
    if (answer.status !== 304) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.querySelector('main')
      if (!fresh) throw new Error('no widget')
      if (fresh.querySelector('.lead')?.textContent !== shown.querySelector('.lead')?.textContent) fresh.classList.add('changed')
      shown.replaceWith(fresh)
      tag = answer.headers.get('etag')
    }
    say('', false)
  } catch {
    say('Not current: the source does not answer. What is shown is as of the time below.', true)
  }
}
function say(words, old) {
  const lost = document.getElementById('lost')
  if (lost.textContent !== words) lost.textContent = words
  document.querySelector('main').classList.toggle('old', old)
}
setInterval(refresh, ${REFRESH_MS})
document.addEventListener('visibilitychange', refresh)
addEventListener('online', refresh)
`
