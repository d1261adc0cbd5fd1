/** What a terminal obeys instead of showing it: controls, and what turns the direction of a text. */
const UNSHOWN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A text that comes from files, as it may be printed: it cannot hide or forge what is around it. */
export function shownText(text: string): string {
  return text.replace(UNSHOWN, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}
