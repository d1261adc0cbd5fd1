import type { Alarm } from './alarms'
import type { Standing } from './standing'
import { Told } from './told'
import '../notices.css'

/** Kinds that make figures doubtful; of the others it is enough to know. */
const GRAVE: ReadonlySet<Alarm['kind']> = new Set(['unanswered', 'stale', 'broken', 'different'])

/** What a reader has to know before the figures. Its places are there before its words, so that these are read out. */
export function Notices({ standing: { alarms, secondsLeft } }: { readonly standing: Standing }) {
  const told = (isGrave: boolean) =>
    alarms
      .filter(({ kind }) => GRAVE.has(kind) === isGrave)
      .map((alarm) => <Told key={keyOf(alarm)} alarm={alarm} secondsLeft={secondsLeft} />)
  return (
    <section class="notices" aria-label="Notices">
      <div role="alert">{told(true)}</div>
      <div role="status">{told(false)}</div>
    </section>
  )
}

function keyOf(alarm: Alarm): string {
  return alarm.kind === 'broken' ? `broken ${alarm.invariant.name}` : alarm.kind
}
