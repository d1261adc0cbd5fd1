import type { ComponentChildren } from 'preact'
import { useEconomy, type WindowFigures } from '../data/overview'
import { Amount } from '../parts/amount'

interface Told {
  readonly window: WindowFigures
  /** What the window is called. */
  readonly within: string
  /** Whether the figures are too old to pass for now. */
  readonly isOld: boolean
}

/** How usage becomes fewer tokens and rewards, with what flowed in the window. */
export function Flywheel({ window, within, isOld }: Told) {
  const rules = useEconomy().answer?.economy.policy
  const why = (figure: string) => window.unknown.find((one) => one.figure === figure)?.explanation
  const share = (bps: number | undefined) => (bps === undefined ? '' : `${bps / 100}% `)
  return (
    <section class={isOld ? 'card flywheel old' : 'card flywheel'} aria-labelledby="flywheel">
      <h2 id="flywheel">Where revenue goes, {within}</h2>
      <ol>
        <Step
          kind="usage"
          title="Usage"
          text="People pay credits to run inference; workers keep their share."
        >
          <Amount amount={window.revenue} unknown={why('revenue')} /> reach the treasury
        </Step>
        <Step kind="treasury" title="Treasury" text="Holds revenue until it is split by rule.">
          {share(rules?.burnBps)}to burn, {share(rules?.rewardsBps)}to stakers
        </Step>
        <li class="fork">
          <ol>
            <Step
              kind="burn"
              title={`${share(rules?.burnBps)}buys back and burns`}
              text="Supply shrinks for good."
            >
              <Amount amount={window.buybackSpent} unknown={why('buybackSpent')} /> spent,{' '}
              <Amount amount={window.buybackBurned} unknown={why('buybackBurned')} /> burned
            </Step>
            <Step
              kind="rewards"
              title={`${share(rules?.rewardsBps)}goes to stakers`}
              text="Who stakes earns a share."
            >
              <Amount amount={window.rewardsFunded} unknown={why('rewardsFunded')} /> funded,{' '}
              <Amount amount={window.rewardsPaid} unknown={why('rewardsPaid')} /> paid out
            </Step>
          </ol>
        </li>
      </ol>
    </section>
  )
}

interface StepParts {
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly children: ComponentChildren
}

function Step({ kind, title, text, children }: StepParts) {
  return (
    <li class={`step ${kind}`}>
      <strong>{title}</strong>
      <p class="flow">{children}</p>
      <p class="note">{text}</p>
    </li>
  )
}
