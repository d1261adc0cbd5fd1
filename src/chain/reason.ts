/** One line of why: the library's own messages run over many, with the request in them. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    const { details, shortMessage, message } = error as Record<string, unknown>
    for (const text of [details, shortMessage, message]) {
      if (typeof text === 'string' && text !== '') return text.split('\n')[0] ?? text
    }
  }
  return String(error)
}
