import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { useEconomy } from '../data/overview'
import { WalletsDocument } from '../generated'
import { namesOf } from './wallet-names'

const NOBODY: ReadonlyMap<string, string> = new Map()

/** The names of the economy's contracts and wallets; none before they are known. */
export function useWalletNames(): ReadonlyMap<string, string> {
  const economy = useEconomy().answer?.economy
  const wallets = useAnswer('wallets', () => askNewest(WalletsDocument, {}), 'never').answer?.data
  return economy ? namesOf(economy, wallets?.excludedWallets ?? []) : NOBODY
}
