/** Figures of these groups say by themselves what they are: REST puts nothing before their names. */
const SILENT = ['supply', 'staking', 'window']

/**
 * The one name that docs/figures.md gives a figure in REST: group and figure in one word, where the path of a group
 * leaves out its own word.
 * @param own the group of the path; empty for a path that is no group's
 */
export function restName(own: string, group: string, figure: string): string {
  const words = group.split('.').filter((word) => word !== '' && word !== own && !SILENT.includes(word))
  // `price` of `price` is said once.
  if (words.at(-1) !== figure) words.push(figure)
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}
