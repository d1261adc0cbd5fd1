import { useId, useState } from 'preact/hooks'
import { go } from '../data/route'
import '../account.css'
import { readAccount } from './account-text'

/** A place to paste an address: leads to the page of that account. */
export function AccountSearch() {
  const id = useId()
  const [problem, setProblem] = useState<string>()
  const search = (event: SubmitEvent) => {
    event.preventDefault()
    const [field] = (event.currentTarget as HTMLFormElement).elements
    if (!(field instanceof HTMLInputElement)) return
    const read = readAccount(field.value)
    if ('problem' in read) {
      setProblem(read.problem)
      field.focus()
      return
    }
    setProblem(undefined)
    field.value = ''
    go({ account: read.address })
  }
  return (
    <search>
      <form class="account-search" onSubmit={search} noValidate>
        <label for={id} class="spoken">
          Address of an account
        </label>
        <input
          id={id}
          type="text"
          placeholder="Account: 0x…"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={problem && `${id}-problem`}
          onInput={() => setProblem(undefined)}
        />
        <button type="submit">Show</button>
        {problem && (
          <p class="problem" id={`${id}-problem`} role="alert">
            {problem}
          </p>
        )}
      </form>
    </search>
  )
}
