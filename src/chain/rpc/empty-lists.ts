/** `{` and `]`. */
const OBJECT = 0x7b
const LIST_END = 0x5d

/**
 * JSON with the lists of this name emptied, before it is parsed: the hashes of a block's transactions are most of the
 * bytes of a header, and making a text of each of them costs more than all the rest. Lists that hold anything but
 * texts stay, as does whatever is spelt in another way; inside a text the name's quotes would be escaped.
 */
export function emptyLists(json: Buffer, name: string): Buffer {
  const opening = Buffer.from(`"${name}":[`)
  const kept: Buffer[] = []
  let from = 0
  for (let at = json.indexOf(opening); at !== -1; at = json.indexOf(opening, at + opening.length)) {
    const start = at + opening.length
    const end = json.indexOf(LIST_END, start)
    const object = json.indexOf(OBJECT, start)
    if (end === -1 || (object !== -1 && object < end)) continue
    kept.push(json.subarray(from, start))
    from = end
  }
  if (from === 0) return json
  kept.push(json.subarray(from))
  return Buffer.concat(kept)
}
