import type { Colour, Pattern } from './model'

/** Colours as a canvas needs them: it knows no variables of CSS. */
export interface Palette {
  readonly of: (colour: Colour | '--line' | '--card') => string
  /** Paler where it is a whole area. */
  readonly fill: (colour: Colour, pattern: Pattern, isArea: boolean) => string | CanvasPattern
}

/** Pixels of a tile of a pattern. */
const TILE = 8
/** How much of the colour is in a plain ground, in that of a pattern, and in its lines. */
const BAR = { plain: 0.85, ground: 0.35, line: 1 }
const AREA = { plain: 0.4, ground: 0.16, line: 0.6 }

type Rgb = readonly [number, number, number]

let present: Palette | undefined
let isPrinting = false
const heardBy = new Set<() => void>()

/** The palette of the theme that is shown now; on paper the light one. */
export function palette(): Palette {
  present ??= readPalette()
  return present
}

/** Calls back at once when the colours are others, as they are on paper. @returns how to stop */
export function onPaletteChange(heard: () => void): () => void {
  heardBy.add(heard)
  return () => void heardBy.delete(heard)
}

function changed(): void {
  present = undefined
  for (const heard of heardBy) heard()
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme'] })
for (const event of ['beforeprint', 'afterprint']) {
  addEventListener(event, () => {
    isPrinting = event === 'beforeprint'
    changed()
  })
}

function readPalette(): Palette {
  const probe = document.createElement('span')
  if (isPrinting) probe.style.colorScheme = 'light'
  document.body.append(probe)
  const names = [
    '--supply',
    '--burn',
    '--treasury',
    '--stake',
    '--quiet',
    '--ink',
    '--line',
    '--card',
  ] as const
  const found = new Map<string, Rgb>()
  for (const name of names) {
    probe.style.color = `var(${name})`
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number)
    found.set(name, [red, green, blue])
  }
  probe.remove()
  const rgb = (name: string): Rgb => found.get(name) ?? [128, 128, 128]
  const fills = new Map<string, string | CanvasPattern>()
  return {
    of: (name) => text(rgb(name)),
    fill(colour, pattern, isArea) {
      const key = `${colour} ${pattern} ${isArea} ${devicePixelRatio}`
      const fill = fills.get(key) ?? tiled(pattern, rgb(colour), rgb('--card'), isArea ? AREA : BAR)
      fills.set(key, fill)
      return fill
    },
  }
}

const text = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`

/** Opaque, so that what stands on others can be painted before them. */
function mixed(colour: Rgb, ground: Rgb, part: number): string {
  const [red, green, blue] = colour.map((one, index) =>
    Math.round(one * part + (ground[index] ?? 0) * (1 - part)),
  )
  return text([red ?? 0, green ?? 0, blue ?? 0])
}

function tiled(pattern: Pattern, colour: Rgb, card: Rgb, parts: typeof BAR): string | CanvasPattern {
  if (pattern === 'solid') return mixed(colour, card, parts.plain)
  const tile = document.createElement('canvas')
  const size = Math.round(TILE * devicePixelRatio)
  tile.width = size
  tile.height = size
  const context = tile.getContext('2d')
  if (context === null) return mixed(colour, card, parts.ground)
  context.fillStyle = mixed(colour, card, parts.ground)
  context.fillRect(0, 0, size, size)
  context.fillStyle = mixed(colour, card, parts.line)
  context.strokeStyle = mixed(colour, card, parts.line)
  context.lineWidth = size / 5
  context.beginPath()
  if (pattern === 'dots') {
    context.arc(size / 2, size / 2, size / 6, 0, 2 * Math.PI)
    context.fill()
  } else {
    // Past the corners, so that the tiles meet.
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift - 1, size + 1)
      context.lineTo(shift + size + 1, -1)
    }
    context.stroke()
  }
  return context.createPattern(tile, 'repeat') ?? mixed(colour, card, parts.ground)
}
