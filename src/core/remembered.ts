/** Most values that are remembered; there are fewer days in any history. */
const MOST = 10_000

/**
 * A function that works each value out once: of what few are asked for again and again, such as days.
 * @param make gives the same for the same key; what it throws is not remembered
 */
export function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const values = new Map<Key, Value>()
  return (key) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const value = make(key)
    if (values.size === MOST) values.clear()
    values.set(key, value)
    return value
  }
}
