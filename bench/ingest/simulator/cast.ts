import { keccak256, toHex } from 'viem'
import { bloomBits } from './bloom'

export type Hex = `0x${string}`
type Bits = readonly [number, number, number]

/** Something that a log can name: its text, and what it does to a bloom filter. */
export interface Named {
  readonly text: Hex
  readonly bits: Bits
}

/** Signatures of the events that are emitted, by their place in `signatures`. */
export const SIGNATURES = [
  'Transfer(address,address,uint256)',
  'Burn(address,uint256)',
  'Stake(address,uint256)',
  'Unstake(address,uint256)',
  'RewardPaid(address,uint256)',
  'Approval(address,address,uint256)',
  'Swap(address,uint256,uint256,uint256,uint256,address)',
  'Sync(uint112,uint112)',
] as const
export const SIGNATURE = {
  transfer: 0,
  burn: 1,
  stake: 2,
  unstake: 3,
  reward: 4,
  approval: 5,
  swap: 6,
  sync: 7,
} as const

/** Contracts by their place in `contracts`; from `OWN_CONTRACTS` on they are foreign. */
export const CONTRACT = { token: 0, staking: 1, stable: 2 } as const
export const OWN_CONTRACTS = 3
const FOREIGN_CONTRACTS = 64

/** People by their place: these have a role, the others up to `accounts` are ordinary, the rest are strangers. */
export const PERSON = {
  zero: -1,
  distributor: 0,
  buyback: 1,
  team: 2,
  treasury: 3,
  secondTreasury: 4,
  rewards: 5,
  internal: 6,
} as const
export const ORDINARY = 7
const STRANGERS = 1024

/** Everything on a chain that has an address, and the topics. */
export interface Cast {
  readonly contracts: readonly Named[]
  readonly signatures: readonly Named[]
  /** How many people take part in the economy. */
  readonly accounts: number
  /** How many there are with the strangers. */
  readonly people: number
  /** The address of a person; PERSON.zero is the zero address. */
  address(person: number): Hex
  /** The address as a word of 32 bytes, as in a topic. */
  word(person: number): Named
  /** The person with this word; undefined if there is none. */
  personOf(word: string): number | undefined
}

/** They are the same on every chain: made once, as hashing them takes longer than a small chain does. */
let extras: ReturnType<typeof makeExtras> | undefined

function makeExtras() {
  return {
    signatures: SIGNATURES.map((signature) => named(keccak256(toHex(signature)))),
    contracts: inventAll('foreign contract', 0, FOREIGN_CONTRACTS).map(named),
    strangers: inventAll('stranger', 0, STRANGERS).map((address) => named(wordOf(address))),
  }
}

/** @param accounts how many people take part, at least 16 */
export function createCast(seed: number, accounts: number): Cast {
  if (accounts < 16) throw new RangeError(`${accounts} accounts are too few, 16 is the least`)
  extras ??= makeExtras()
  const { signatures, strangers } = extras
  const contracts = [...inventAll('contract', seed, OWN_CONTRACTS).map(named), ...extras.contracts]
  const words = [
    ...inventAll('person', seed, accounts).map((address) => named(wordOf(address))),
    ...strangers,
  ]
  const nobody = named(wordOf(`0x${'0'.repeat(40)}`))
  const persons = new Map(words.map(({ text }, index) => [text as string, index]))
  persons.set(nobody.text, PERSON.zero)
  const word = (person: number): Named => (person < 0 ? nobody : (words[person] as Named))
  return {
    contracts,
    signatures,
    accounts,
    people: words.length,
    address: (person) => `0x${word(person).text.slice(26)}`,
    word,
    personOf: (text) => persons.get(text),
  }
}

function named(text: Hex): Named {
  return { text, bits: bloomBits(text) }
}

function wordOf(address: Hex): Hex {
  return `0x${address.slice(2).padStart(64, '0')}`
}

function inventAll(role: string, seed: number, count: number): Hex[] {
  return Array.from({ length: count }, (_, index): Hex => {
    const hash = keccak256(toHex(`${role} ${index} of ${seed}`))
    return `0x${hash.slice(26)}`
  })
}
