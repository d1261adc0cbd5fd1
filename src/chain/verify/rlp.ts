/** What can be encoded: bytes, and lists of what can be encoded. */
export type RlpValue = Uint8Array | readonly RlpValue[]

/**
 * Encodes a value in RLP (yellow paper, appendix B). It is measured first and written back to front, where the length
 * of a list is known by the time that it has to be written: a block has hundreds of receipts.
 */
export function encodeRlp(value: RlpValue): Uint8Array {
  const encoded = Buffer.allocUnsafe(encodedLength(value))
  writeBefore(encoded.length, value, encoded)
  return encoded
}

function encodedLength(value: RlpValue): number {
  if (value instanceof Uint8Array) return isItself(value) ? 1 : headLength(value.length) + value.length
  let length = 0
  for (const member of value) length += encodedLength(member)
  return headLength(length) + length
}

/** Writes the encoding so that it ends before `end`; returns where it starts. */
function writeBefore(end: number, value: RlpValue, target: Uint8Array): number {
  if (value instanceof Uint8Array) {
    const start = end - value.length
    target.set(value, start)
    return isItself(value) ? start : writeHead(start, value.length, 0x80, target)
  }
  let start = end
  for (let index = value.length - 1; index >= 0; index -= 1) {
    const member = value[index]
    if (member !== undefined) start = writeBefore(start, member, target)
  }
  return writeHead(start, end - start, 0xc0, target)
}

function writeHead(end: number, length: number, kind: 0x80 | 0xc0, target: Uint8Array): number {
  let start = end
  if (length < 56) {
    target[start - 1] = kind + length
    return start - 1
  }
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    start -= 1
    target[start] = rest % 256
  }
  target[start - 1] = kind + 55 + (end - start)
  return start - 1
}

function headLength(length: number): number {
  if (length < 56) return 1
  let bytes = 1
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes += 1
  return bytes
}

/** A single byte below 0x80 is its own encoding. */
function isItself(bytes: Uint8Array): boolean {
  return bytes.length === 1 && (bytes[0] ?? 0) < 0x80
}
