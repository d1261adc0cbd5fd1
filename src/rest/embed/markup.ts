/** HTML that is safe to send: text got into it escaped. */
export interface Markup {
  readonly html: string
}

type Part = Markup | string | number | readonly Markup[]

/** Writes HTML: what is put in is escaped, in text as in quoted attributes, unless it is markup itself. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const html = pieces.map((piece, index) => (index === 0 ? piece : htmlOf(parts[index - 1] ?? '') + piece))
  return { html: html.join('') }
}

/** Where there is nothing to show. */
export const NOTHING: Markup = { html: '' }

function htmlOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map(({ html }) => html).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
