type Bound = bigint | number | boolean | string

/** Values in Parquet's PLAIN encoding, with the least and the greatest as hyparquet-writer takes them. */
export interface Plain {
  readonly bytes: Uint8Array
  /** None for no values, and where bounds cannot be told. */
  readonly bounds?: { readonly least: Bound; readonly greatest: Bound }
}

/** How cells of a kind become values of a Parquet type. */
export interface PlainValues {
  /** Whether the type has room for a cell, which is null without; all have, where this is not said. */
  readonly fits?: (cell: string) => boolean
  readonly plain: (cells: readonly string[]) => Plain
  /** Whether it pays to look for repeated values. */
  readonly hasDictionary: boolean
}

/** Bytes of the length before a text. */
const LENGTH = 4
/** That of a text of up to 127 bytes. */
const LENGTHS = Array.from({ length: 128 }, (_, length) => `${String.fromCharCode(length)}\0\0\0`)

export const plainTexts: PlainValues = {
  hasDictionary: true,
  plain(texts) {
    // Texts are nearly always short and ASCII: then one string holds all, and is turned into bytes at once.
    let all = ''
    for (const text of texts) {
      const length = LENGTHS[text.length]
      if (length === undefined) return anyTexts(texts)
      all += length + text
    }
    if (Buffer.byteLength(all) !== all.length) return anyTexts(texts)
    const { buffer, byteOffset, length } = Buffer.from(all, 'latin1')
    const bytes = new Uint8Array(buffer, byteOffset, length)
    return { bytes, ...textBounds(bytes) }
  },
}

/**
 * The first and the last of texts of up to 127 bytes, by their bytes. What comes out is a copy: bounds are kept to the end of
 * a file, and a text that was cut out of a longer one would keep all of that.
 */
function textBounds(bytes: Uint8Array): Pick<Plain, 'bounds'> {
  if (bytes.length === 0) return {}
  let [least, greatest] = [0, 0]
  for (let at = 0; at < bytes.length; at += LENGTH + (bytes[at] as number)) {
    if (isBefore(bytes, at, least)) least = at
    else if (isBefore(bytes, greatest, at)) greatest = at
  }
  const textAt = (at: number): string =>
    Buffer.from(bytes.subarray(at + LENGTH, at + LENGTH + (bytes[at] as number))).toString('latin1')
  return { bounds: { least: textAt(least), greatest: textAt(greatest) } }
}

/** Whether one text is before another, each with its length in front. */
function isBefore(bytes: Uint8Array, one: number, other: number): boolean {
  const [length, otherLength] = [bytes[one] as number, bytes[other] as number]
  const end = LENGTH + Math.min(length, otherLength)
  for (let index = LENGTH; index < end; index += 1) {
    const difference = (bytes[one + index] as number) - (bytes[other + index] as number)
    if (difference !== 0) return difference < 0
  }
  return length < otherLength
}

/** Without bounds: JavaScript does not order texts by their bytes, as Parquet does. */
function anyTexts(texts: readonly string[]): Plain {
  const pieces = texts.flatMap((text) => {
    const bytes = Buffer.from(text)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(bytes.length)
    return [length, bytes]
  })
  return { bytes: Buffer.concat(pieces) }
}

export const plainIntegers = fixedWidth(8, BigInt, (view, at, value) => view.setBigInt64(at, value, true))

/** Microseconds since 1970. */
export const plainTimes = fixedWidth(
  8,
  (cell) => BigInt(Date.parse(cell)) * 1_000n,
  (view, at, value) => view.setBigInt64(at, value, true),
)

const DAY_MILLISECONDS = 86_400_000

/** Days since 1970. */
export const plainDates = fixedWidth(
  4,
  (cell) => Date.parse(`${cell}T00:00:00Z`) / DAY_MILLISECONDS,
  (view, at, value) => view.setInt32(at, value, true),
)

/** A bit each. */
export const plainFlags: PlainValues = {
  hasDictionary: false,
  plain(cells) {
    const bytes = new Uint8Array(Math.ceil(cells.length / 8))
    const flags = cells.map((cell) => cell === 'true')
    flags.forEach((flag, index) => {
      if (flag) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7))
    })
    return { bytes, ...boundsOf(flags) }
  },
}

/** Decimals of so many digits, `scale` of them after the point: sixteen bytes, the highest first, two's complement. */
export function plainDecimals(precision: number, scale: number): PlainValues {
  const most = 10n ** BigInt(precision)
  const unscaled = scale === 0 ? BigInt : (cell: string): bigint => unscaledOf(cell, scale)
  return {
    ...fixedWidth(16, unscaled, (view, at, value) => {
      view.setBigInt64(at, value >> 64n)
      view.setBigUint64(at + 8, BigInt.asUintN(64, value))
    }),
    fits(cell) {
      if (cell.length <= precision - scale) return true
      const value = unscaled(cell)
      return value < most && value > -most
    },
  }
}

function unscaledOf(cell: string, scale: number): bigint {
  const [whole = '', fraction = ''] = cell.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

function fixedWidth<Value extends bigint | number>(
  width: number,
  parse: (cell: string) => Value,
  write: (view: DataView, at: number, value: Value) => void,
): PlainValues {
  return {
    hasDictionary: true,
    plain(cells) {
      const values = cells.map(parse)
      const bytes = new Uint8Array(cells.length * width)
      const view = new DataView(bytes.buffer)
      for (let index = 0; index < values.length; index += 1)
        write(view, index * width, values[index] as Value)
      return { bytes, ...boundsOf(values) }
    },
  }
}

function boundsOf(values: readonly Bound[]): Pick<Plain, 'bounds'> {
  let [least] = values
  if (least === undefined) return {}
  let greatest = least
  for (const value of values) {
    if (value < least) least = value
    else if (value > greatest) greatest = value
  }
  return { bounds: { least, greatest } }
}
