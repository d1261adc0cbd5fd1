import type { RawEconomy } from './economy-schema'
import type { Problem } from './problems'

/** What is wrong with how the wallets and contracts of an economy relate: a wallet has one role only. */
export function walletProblems({ contracts, wallets, policy }: RawEconomy): Problem[] {
  const { token, staking, stable, pair } = contracts
  const roles: [key: string, addresses: readonly string[]][] = [
    ['wallets.treasury', wallets.treasury],
    ['wallets.buyback', wallets.buyback],
    [
      'wallets.rewards',
      [staking.address, ...(wallets.rewards ?? []).filter((one) => one !== staking.address)],
    ],
    ['wallets.bridges', wallets.bridges],
    ['wallets.dead', wallets.dead],
  ]
  const problems: Problem[] = []
  const roleOf = new Map<string, string>()
  for (const [key, addresses] of roles) {
    for (const address of addresses) {
      const other = roleOf.get(address)
      if (other !== undefined) {
        const problem = other === key ? `${address} is listed twice` : `${address} is also in ${other}`
        problems.push({ key, problem, mend: 'keep it in one list only' })
      }
      roleOf.set(address, key)
    }
  }
  // What a buyback or rewards wallet returns is not revenue: those may be internal as well.
  for (const address of wallets.internal) {
    const role = roleOf.get(address)
    if (role !== 'wallets.treasury' && role !== 'wallets.dead') continue
    const problem = `${address} is also in ${role}`
    problems.push({ key: 'wallets.internal', problem, mend: 'keep it in one list only' })
  }
  for (const address of new Set(wallets.internal.filter((one, index, all) => all.indexOf(one) !== index))) {
    const problem = `${address} is listed twice`
    problems.push({ key: 'wallets.internal', problem, mend: 'keep it in one list only' })
  }
  for (const [name, contract] of [
    ['contracts.token', token],
    ['contracts.stable', stable],
    ['contracts.pair', pair],
  ] as const) {
    const role = contract && roleOf.get(contract.address)
    // A token's own address may hold tokens that nobody can move: dead, then. The staking contract, which rewards go to,
    // may be the token.
    if (role === undefined || role === 'wallets.dead' || role === 'wallets.rewards') continue
    const problem = `${contract?.address} is ${name}, no wallet`
    problems.push({ key: role, problem, mend: 'name the wallet itself' })
  }
  const excluded = new Set<string>()
  for (const [index, { address }] of wallets.excluded.entries()) {
    const role = roleOf.get(address)
    if (role === 'wallets.treasury' || role === 'wallets.dead') {
      problems.push({
        key: `wallets.excluded.${index}`,
        problem: `${address} is in ${role}, which never circulates anyway`,
        mend: 'remove it here',
      })
    }
    if (excluded.has(address)) {
      problems.push({
        key: `wallets.excluded.${index}`,
        problem: `${address} is listed twice`,
        mend: 'keep the entry with the lower fromBlock',
      })
    }
    excluded.add(address)
  }
  if (token.address === stable.address) {
    problems.push({
      key: 'contracts.stable.address',
      problem: 'is the token itself',
      mend: 'name the asset that the treasury is denominated in',
    })
  }
  if (staking.address === stable.address) {
    problems.push({
      key: 'contracts.staking.address',
      problem: 'is the stable asset',
      mend: 'name the staking contract',
    })
  }
  if (pair !== undefined && [token, staking, stable].some(({ address }) => address === pair.address)) {
    problems.push({
      key: 'contracts.pair.address',
      problem: 'is another contract of the economy',
      mend: 'name the Uniswap V2 pair of token and stable asset, or leave contracts.pair out',
    })
  }
  if (policy.burnBps + policy.rewardsBps > 10_000) {
    problems.push({
      key: 'policy.rewardsBps',
      problem: `the legs add up to ${policy.burnBps + policy.rewardsBps} basis points of revenue`,
      mend: 'burnBps and rewardsBps may be 10000 together at most',
    })
  }
  return problems
}
