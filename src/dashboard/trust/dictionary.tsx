import { useEffect, useRef, useState } from 'preact/hooks'
import { useDictionary } from '../data/overview'
import { Pending } from '../parts/pending'
import { type Figure, foundFigures, type Group, UNITS } from './found-figures'
import { Panel } from './panel'
import { useFragment } from './use-fragment'

/** Every figure with its definition: each has an address of its own, `#figure-supply.totalSupply`. */
export function Dictionary() {
  const known = useDictionary()
  const [question, setQuestion] = useState('')
  return (
    <Panel
      id="dictionary"
      title="Every figure, defined"
      about="One name per figure: the same here, in the API, in exports and in the database."
      isWide
    >
      <Pending known={known} what="definitions" lines={12}>
        {({ figures }) => {
          const groups = foundFigures(figures, question)
          const found = groups.reduce((sum, group) => sum + group.figures.length, 0)
          return (
            <>
              <search class="find">
                <label>
                  <span>Find a figure</span>
                  <input
                    type="search"
                    value={question}
                    placeholder="burned, backlog, yield…"
                    onInput={({ currentTarget }) => setQuestion(currentTarget.value)}
                  />
                </label>
                <span role="status">
                  {question.trim() === ''
                    ? `${figures.length} figures`
                    : `${found} of ${figures.length} figures`}
                </span>
              </search>
              {groups.map((group) => (
                <Definitions key={group.name} group={group} isSearched={question.trim() !== ''} />
              ))}
            </>
          )
        }}
      </Pending>
    </Panel>
  )
}

function Definitions({ group, isSearched }: { readonly group: Group; readonly isSearched: boolean }) {
  const fragment = useFragment()
  const isNamed = group.figures.some((figure) => addressOf(figure) === fragment)
  const { name, figures } = group
  return (
    <details class="group" open={isSearched || isNamed}>
      <summary>
        <code>{name}</code> <span class="about">{figures.length}</span>
      </summary>
      <dl>
        {figures.map((figure) => (
          <Defined key={figure.name} figure={figure} isNamed={addressOf(figure) === fragment} />
        ))}
      </dl>
    </details>
  )
}

const addressOf = ({ group, name }: Figure) => `figure-${group}.${name}`

function Defined({ figure, isNamed }: { readonly figure: Figure; readonly isNamed: boolean }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isNamed) place.current?.scrollIntoView({ block: 'center' })
  }, [isNamed])
  const { name, unit, definition, source } = figure
  return (
    <div ref={place} id={addressOf(figure)} class={isNamed ? 'named' : undefined}>
      <dt>
        <a href={`#${addressOf(figure)}`}>
          <code>{name}</code>
        </a>
        <span class="about">{UNITS[unit]}</span>
      </dt>
      <dd>
        {definition} <span class="about">Source: {source}.</span>
      </dd>
    </div>
  )
}
