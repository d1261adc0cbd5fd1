import type { Address } from '../core/address'
import { ACCOUNT } from '../core/figures/account'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { figureFrame, flatFigures } from './figure-json'
import { json } from './reply'

/** `GET /api/accounts/{address}`: one account's balance, stake, rewards and share as a worker. */
export const getAccount =
  (address: Address): AsOfHandler =>
  (reads, config) =>
  async (asOf) => {
    const account = await reads.accountAt(asOf, address)
    const groups = [['', ACCOUNT] as const]
    const units = unitsOf(config)
    return json({
      address,
      ...flatFigures(groups, { account, policy: config.policy }, units),
      ...figureFrame(groups, asOf, units),
    })
  }
