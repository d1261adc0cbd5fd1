import type { ComponentChildren } from 'preact'
import { wholeUnits } from '../format/amount'
import { second, span } from '../format/time'
import type { AsOfPartsFragment } from '../generated'
import { ageOf, useClock } from '../parts/age'
import { Amount, Unknown } from '../parts/amount'
import { AccountLink, ExplorerLink } from '../parts/explorer-link'
import { share } from './share'
import { useWalletNames } from './wallets'

/** Unix seconds now, by the API's clock where it tells it. */
export function useChainClock(asOf: AsOfPartsFragment, since: number): number {
  const age = ageOf(asOf, since, useClock())
  return Date.parse(asOf.timestamp ?? asOf.snapshot.timestamp) / 1_000 + age
}

interface When {
  readonly iso: string
  /** Unix seconds. */
  readonly now: number
  /** Whether the exact time is what is shown, and how long ago it was is for who points at it. */
  readonly isExact?: boolean
}

/** How long ago something was, with the exact time for who points at it and on paper; or the other way round. */
export function Moment({ iso, now, isExact = false }: When) {
  const ago = `${span(now - Date.parse(iso) / 1_000)} ago`
  if (isExact) {
    return (
      <time class="moment" dateTime={iso} title={ago}>
        {second(iso).replace(/ UTC$/, '')}
      </time>
    )
  }
  return (
    <time class="moment" dateTime={iso} title={second(iso)}>
      <span class="ago">{ago}</span>
      <span class="exact">{second(iso)}</span>
    </time>
  )
}

/** A block, marked as long as the chain can still replace it. */
export function Block({ number, finalBlock }: { readonly number: number; readonly finalBlock: number }) {
  return (
    <span class="block">
      <ExplorerLink kind="block" id={number} />
      {number > finalBlock && <OpenMark />}
    </span>
  )
}

/** The mark of what is not final. */
export function OpenMark() {
  return (
    <span class="open-mark" title="Not finalized: the chain can still replace it.">
      <span aria-hidden="true">◌</span>
      <span class="spoken">, not finalized</span>
    </span>
  )
}

/** An account, by name if it is a wallet or a contract of the economy. */
export function Party({ address }: { readonly address: string }) {
  const name = useWalletNames().get(address)
  return (
    <span class="party">
      <AccountLink address={address} /> {name && <span class="label">{name}</span>}
    </span>
  )
}

interface Counted {
  readonly baseUnits: string
  readonly asset: { readonly symbol: string; readonly decimals: number }
  readonly sign?: '+' | '-' | undefined
}

/** An amount of a row; with its sign where it is a change. */
export function RowAmount({ baseUnits, asset: { symbol, decimals }, sign }: Counted) {
  const whole = wholeUnits(baseUnits, decimals)
  const decimal = sign === '-' ? `-${whole}` : whole
  return <Amount amount={{ decimal, symbol }} places={2} isChange={sign !== undefined} />
}

/** A part of a whole. */
export function Share({ fraction }: { readonly fraction: string | undefined }) {
  if (fraction === undefined) return <Unknown why="There is no whole that it could be a part of." />
  return <data value={fraction}>{share(fraction)}</data>
}

/** How much of the largest one something is: only looks, what it is stands beside it. */
export function Bar({ fraction, kind }: { readonly fraction: string | undefined; readonly kind: string }) {
  const part = Math.min(1, Number(fraction ?? 0))
  return (
    <span class={`bar ${kind}`} aria-hidden="true">
      <span style={{ inlineSize: `${part * 100}%` }} />
    </span>
  )
}

interface Tag {
  /** What its colour means. */
  readonly kind: string
  readonly why: string
  readonly children: ComponentChildren
}

/** One word for what something was, with more about it for who points at it. */
export function Chip({ kind, why, children }: Tag) {
  return (
    <span class={`chip ${kind}`} title={why}>
      {children}
    </span>
  )
}
