import { useEconomy } from '../data/overview'
import { addressOf, go } from '../data/route'

const short = (hex: string) => `${hex.slice(0, 6)}…${hex.slice(-4)}`

/** A transaction or a block, at the explorer that the operator configured; plain text where there is none. */
export function ExplorerLink({
  kind,
  id,
}: {
  readonly kind: 'tx' | 'block' | 'address'
  readonly id: string | number
}) {
  const { answer } = useEconomy()
  const explorer = answer?.economy.chain.explorer
  const text = typeof id === 'string' ? short(id) : id.toLocaleString('en-US')
  if (!explorer) return <code title={String(id)}>{text}</code>
  return (
    <a href={`${explorer}/${kind}/${id}`} title={String(id)} rel="noreferrer" target="_blank">
      <code>{text}</code>
    </a>
  )
}

/** An account: its page here. */
export function AccountLink({ address }: { readonly address: string }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go({ account: address })
  }
  return (
    <a href={addressOf({ account: address })} onClick={follow} title={address}>
      <code>{short(address)}</code>
    </a>
  )
}
