/** What a spreadsheet would take for the beginning of a formula, or would swallow on the way to one. */
const FORMULA = /^[=+\-@\t\0]/

/** A text as it may stand in a CSV file: no spreadsheet computes it. */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
