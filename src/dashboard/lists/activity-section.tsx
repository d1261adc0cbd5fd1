import type { FunctionComponent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { AccountSearch } from '../account/account-search'
import { go, useRoute } from '../data/route'
import { LISTS, type ListName } from '../data/views'
import { BiggestBurns, LatestBurns } from './burns'
import { TreasuryFlows } from './flows'
import { RewardsPaid } from './rewards'
import { TopStakers } from './stakers'
import { tabAfter } from './tab-after'

const PANELS: Readonly<Record<ListName, FunctionComponent>> = {
  burns: LatestBurns,
  biggest: BiggestBurns,
  rewards: RewardsPaid,
  flows: TreasuryFlows,
  stakers: TopStakers,
}

const PANEL = 'activity-list'
const tabId = (name: ListName) => `activity-${name}`

/** What happened and who takes part, as lists: one at a time, as tabs. */
export function ActivitySection() {
  const { list } = useRoute()
  const tabs = useRef<HTMLDivElement>(null)
  const Panel = PANELS[list]
  // Where not all tabs fit, the one that was asked for is among those that are seen.
  useEffect(() => {
    const tab = tabs.current?.querySelector<HTMLElement>(`#${tabId(list)}`)
    if (tab && tabs.current)
      tabs.current.scrollLeft = tab.offsetLeft - (tabs.current.clientWidth - tab.clientWidth) / 2
  }, [list])
  const move = (event: KeyboardEvent) => {
    const next = tabAfter(list, event.key)
    if (next === undefined) return
    event.preventDefault()
    go({ list: next }, true)
    tabs.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus()
  }
  return (
    <section class="card activity" aria-labelledby="activity">
      <header>
        <h2 id="activity">Activity</h2>
        <AccountSearch />
      </header>
      <div class="tabs" role="tablist" aria-labelledby="activity" ref={tabs} onKeyDown={move}>
        {LISTS.map(({ name, title }) => (
          <button
            key={name}
            id={tabId(name)}
            type="button"
            role="tab"
            aria-selected={name === list}
            aria-controls={PANEL}
            tabIndex={name === list ? 0 : -1}
            onClick={() => go({ list: name }, true)}
          >
            {title}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel" id={PANEL} aria-labelledby={tabId(list)}>
        <Panel key={list} />
      </div>
    </section>
  )
}
