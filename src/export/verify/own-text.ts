/**
 * A copy of a text that is to be kept. A cell is a view into the piece of the file that it was cut out of, and keeps all of
 * that in memory as long as itself: a few thousand accounts would keep a whole file.
 */
export function ownText(text: string): string {
  return Buffer.from(text).toString()
}
