import { z } from 'zod'
import type { Address } from '../core/address'
import { ACCOUNT } from '../core/figures/account'
import { parseAddress } from '../read/parse-address'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { figureFrame, flatFigures } from './figure-json'
import { figureShape, frameShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { addressText } from './wire-schema'

const GROUPS = [['', ACCOUNT] as const]

const getAccount =
  (address: Address): AsOfHandler =>
  (reads, config) =>
  async (asOf) => {
    const account = await reads.accountAt(asOf, address)
    const units = unitsOf(config)
    return json({
      address,
      ...flatFigures(GROUPS, { account, policy: config.policy }, units),
      ...figureFrame(GROUPS, asOf, units),
    })
  }

/** An account in a path. @throws AddressInvalid (E5023) rather than a problem of the schema: it says more. */
const accountPath = z.strictObject({
  address: z
    .string()
    .meta({
      description: 'Address of the account, in lower case or with its EIP-55 checksum.',
      pattern: '^0x[0-9a-fA-F]{40}$',
    })
    .transform(parseAddress),
})

export const ACCOUNT_ROUTE = asOfRoute({
  path: '/api/accounts/{address}',
  operation: 'getAccount',
  tag: 'figures',
  summary: 'One account',
  description: 'Balance, stake and rewards of an account, and its share as a worker.',
  example: '/api/accounts/0x00000000000000000000000000000000000a5ba0',
  params: accountPath,
  query: emptyQuery,
  handler: ({ address }) => getAccount(address),
  answers: [
    jsonAnswer(
      z.strictObject({ address: addressText, ...figureShape(GROUPS), ...frameShape(GROUPS) }),
      'The account.',
    ),
  ],
})
