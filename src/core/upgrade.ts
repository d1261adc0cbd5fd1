import type { Books, Place } from './books'
import type { UpgradeEvent } from './events'

/** Notes that other code answers at a contract. A proxy's own installation, before it ever spoke, is none. */
export function applyUpgrade({ economy, policy, ledger }: Books, event: UpgradeEvent, place: Place): void {
  const { contract, implementation } = event
  const spoken = {
    token: economy.transferCount > 0,
    staking: economy.stakeCount > 0 || economy.rewardsPaid > 0n,
    // The stable asset is older than the history that concerns us.
    stable: true,
  }
  const isInstallation = !spoken[contract] && !policy.partial[contract]
  if (!isInstallation) economy.upgradeCount += 1
  ledger.upgrades.push({ contract, implementation, isInstallation, ...place })
}
