import { useOverview } from './data/overview'
import { useRoute, WINDOWS } from './data/route'
import { Pending } from './parts/pending'
import { Flywheel } from './sections/flywheel'
import { applyTheme, Masthead } from './sections/masthead'
import { Story } from './sections/story'

applyTheme()

/** The page. */
export function App() {
  const { window, account } = useRoute()
  return (
    <>
      <a class="skip" href="#content">
        Skip to the figures
      </a>
      <Masthead />
      <main id="content">{account === undefined ? <OverviewPage key={window} /> : null}</main>
    </>
  )
}

function OverviewPage() {
  const { window } = useRoute()
  const known = useOverview(window)
  const within = WINDOWS.find(({ name }) => name === window)?.long ?? window
  return (
    <>
      <h1>
        Revenue burns supply. <small>Check it: every figure is true at the block that it names.</small>
      </h1>
      <Pending known={known} what="figures" lines={8}>
        {(overview) => (
          <>
            <Story overview={overview} since={known.since ?? Date.now()} window={window} />
            <Flywheel overview={overview} within={within} />
          </>
        )}
      </Pending>
    </>
  )
}
