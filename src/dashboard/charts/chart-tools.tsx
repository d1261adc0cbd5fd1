import { useState } from 'preact/hooks'
import { copyText, saveFile } from './hand-out'

interface Tools {
  /** What the tools are of, as it is read out. */
  readonly name: string
  readonly isTable: boolean
  readonly showTable: (isTable: boolean) => void
  readonly csv: () => { readonly name: string; readonly text: string }
  readonly query: () => string
}

/** Milliseconds for which it is said that something was copied. */
const SAID = 2_500

/** The other ways to have the values of a chart. */
export function ChartTools({ name, isTable, showTable, csv, query }: Tools) {
  const [said, say] = useState('')
  const copy = async () => {
    say((await copyText(query())) ? 'Copied' : 'Cannot copy')
    setTimeout(() => say(''), SAID)
  }
  const save = () => {
    const file = csv()
    saveFile(file.name, file.text)
  }
  return (
    <div class="chart-tools">
      <button type="button" aria-pressed={isTable} onClick={() => showTable(!isTable)}>
        Table<span class="spoken"> of {name}</span>
      </button>
      <button type="button" onClick={save}>
        Download CSV<span class="spoken"> of {name}</span>
      </button>
      <button type="button" class="copy" onClick={() => void copy()}>
        {said || 'Copy query'}
        <span class="spoken"> of {name}</span>
      </button>
      <span class="spoken" role="status">
        {said}
      </span>
    </div>
  )
}
