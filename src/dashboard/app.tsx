import { AccountPage } from './account/account-page'
import { ChartsSection } from './charts/charts-section'
import { useOverview } from './data/overview'
import { useRoute, WINDOWS } from './data/route'
import { ActivitySection } from './lists/activity-section'
import { Pending } from './parts/pending'
import { Flywheel } from './sections/flywheel'
import { applyTheme, Masthead } from './sections/masthead'
import { Story } from './sections/story'
import { Notices } from './trust/notices'
import { type Standing, useStanding } from './trust/standing'
import { TrustSection } from './trust/trust-section'

applyTheme()

/** The page. */
export function App() {
  const { account } = useRoute()
  const standing = useStanding()
  return (
    <>
      <a class="skip" href="#content">
        Skip to the figures
      </a>
      <Masthead isOld={standing.isOld} />
      <main id="content" tabIndex={-1}>
        <Notices standing={standing} />
        {account === undefined ? <OverviewPage standing={standing} /> : <AccountPage address={account} />}
      </main>
    </>
  )
}

function OverviewPage({ standing: { isOld, isEmpty } }: { readonly standing: Standing }) {
  const { window } = useRoute()
  return (
    <>
      <h1>
        Revenue burns supply. <small>Check it: every figure is true at the block that it names.</small>
      </h1>
      {isEmpty ? null : (
        <>
          <FirstScreen isOld={isOld} />
          <ChartsSection window={window} />
          <ActivitySection />
        </>
      )}
      <TrustSection />
    </>
  )
}

function FirstScreen({ isOld }: { readonly isOld: boolean }) {
  const { window: chosen } = useRoute()
  const known = useOverview()
  const within = WINDOWS.find(({ name }) => name === chosen)?.long ?? chosen
  return (
    <Pending known={known} what="figures" lines={8}>
      {({ data }) => {
        const window = data.windows.find(({ name }) => name === chosen)
        if (window === undefined) return null
        const told = { window, within, isOld }
        return (
          <>
            <Story {...told} figures={data} since={known.since ?? Date.now()} />
            <Flywheel {...told} />
          </>
        )
      }}
    </Pending>
  )
}
