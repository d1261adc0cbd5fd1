import type { Line, Look } from './model'

interface Listed {
  readonly lines: readonly Line[]
  readonly isShown: (index: number) => boolean
  readonly toggle: (key: string) => void
}

/** The lines of a chart by name, colour and shape; each can be switched off. */
export function Legend({ lines, isShown, toggle }: Listed) {
  return (
    <ul class="legend" aria-label="Lines">
      {lines.map(
        ({ key, label, look }, index) =>
          look && (
            <li key={key}>
              <button
                type="button"
                aria-pressed={isShown(index)}
                title={isShown(index) ? `Hide: ${key}` : `Show: ${key}`}
                onClick={() => toggle(key)}
              >
                <Swatch look={look} />
                {label}
              </button>
            </li>
          ),
      )}
    </ul>
  )
}

/** A line, area, bar or mark in small, as it is drawn. */
export function Swatch({ look }: { readonly look: Look }) {
  return (
    <svg
      class={`swatch ${look.colour.slice(2)}`}
      viewBox="0 0 20 12"
      width="20"
      height="12"
      aria-hidden="true"
    >
      <Shape look={look} />
    </svg>
  )
}

function Shape({ look: { kind, pattern, dash } }: { readonly look: Look }) {
  if (kind === 'marks') return <path class="full" d="M10 1l6 10H4z" />
  if (kind === 'points') return <circle class="full" cx="10" cy="6" r="4" />
  if (kind === 'line' || kind === 'step') {
    return <path class="stroke" d="M0 6h20" stroke-dasharray={dash ? '5 3' : undefined} />
  }
  return (
    <>
      <rect class={pattern === 'solid' ? 'full' : 'pale'} width="20" height="12" rx="2" />
      {pattern === 'hatch' && <path class="stroke" d="M1 12L9 0M9 12L17 0M17 12L20 7" />}
      {pattern === 'dots' && <path class="stroke round" d="M5 4h.01M10 8h.01M15 4h.01M15 10h.01M5 10h.01" />}
    </>
  )
}
