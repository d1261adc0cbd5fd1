import { validate } from 'ox/Address'
import { type Address, ZERO_ADDRESS } from '../core/address'
import { AddressInvalid } from './errors'

/**
 * Reads an account's address, in lower case or with its EIP-55 checksum.
 * @throws AddressInvalid (E5023)
 */
export function parseAddress(value: unknown): Address {
  const party = parseParty(value)
  if (party === ZERO_ADDRESS) {
    throw new AddressInvalid({ address: party, problem: 'the zero address stands for nobody' })
  }
  return party
}

/**
 * Reads an address that an event can name: an account's, or the zero address that it is minted from and destroyed at.
 * @throws AddressInvalid (E5023)
 */
export function parseParty(value: unknown): Address {
  const refuse = (problem: string) => new AddressInvalid({ address: String(value).slice(0, 80), problem })
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) {
    throw refuse('it is not 0x and 40 hex digits')
  }
  const lower = value.toLowerCase() as Address
  // A mistyped account has no events, so it would be answered with a true-looking 0.
  if (value !== lower && !validate(value)) throw refuse('its EIP-55 checksum is wrong')
  return lower
}
