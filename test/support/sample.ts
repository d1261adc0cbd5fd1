/** Some of a list, chosen by a seed: the same ones when a failure is looked into again. */
export function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const rest = [...items]
  const chosen: Item[] = []
  let state = seed
  while (chosen.length < count && rest.length > 0) {
    // Numerical Recipes' linear congruential generator: enough to spread picks.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    chosen.push(...rest.splice(state % rest.length, 1))
  }
  return chosen
}
