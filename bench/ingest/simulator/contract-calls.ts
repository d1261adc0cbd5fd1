import { toFunctionSelector } from 'viem'
import { CONTRACT, PERSON } from './cast'
import type { SimulatedChain } from './chain'
import { DEPLOYMENT_BLOCK } from './economy-file'
import { KIND } from './entries'
import { RpcFailure } from './rpc-failure'

const SELECTOR = {
  totalSupply: toFunctionSelector('totalSupply()'),
  decimals: toFunctionSelector('decimals()'),
  balanceOf: toFunctionSelector('balanceOf(address)'),
  totalStaked: toFunctionSelector('totalStaked()'),
  stakeOf: toFunctionSelector('stakeOf(address)'),
}

/** What a contract's view answers at the end of a block, as a word; `0x` where there is no contract. */
export function callContract(chain: SimulatedChain, to: string, data: string, block: number): string {
  const contract = chain.cast.contracts.findIndex(({ text }) => text === to.toLowerCase())
  if (contract < 0 || block < DEPLOYMENT_BLOCK) return '0x'
  const selector = data.slice(0, 10)
  const person = chain.cast.personOf(`0x${data.slice(10, 74).toLowerCase()}`)
  if (selector === SELECTOR.decimals && contract !== CONTRACT.staking) {
    return word(contract === CONTRACT.stable ? 6n : 18n)
  }
  const asked = Object.entries(SELECTOR).find(([, known]) => known === selector)?.[0]
  switch (`${contract}.${asked}`) {
    case `${CONTRACT.token}.totalSupply`:
      return word(-held(chain, [KIND.transfer], PERSON.zero, block))
    case `${CONTRACT.token}.balanceOf`:
      return word(person === undefined ? 0n : held(chain, [KIND.transfer], person, block))
    case `${CONTRACT.stable}.balanceOf`:
      return word(person === undefined ? 0n : atLeastNothing(held(chain, [KIND.flow], person, block)))
    case `${CONTRACT.staking}.totalStaked`:
      return word(staked(chain, undefined, block))
    case `${CONTRACT.staking}.stakeOf`:
      return word(person === undefined ? 0n : staked(chain, person, block))
    default:
      throw new RpcFailure(3, 'execution reverted', '0x')
  }
}

/** What came to a person less what went: looked up in the entries, so that any block can be asked about. */
function held({ store }: SimulatedChain, kinds: readonly number[], person: number, block: number): bigint {
  const { kind, first, second, value } = store.entries
  const [, end] = store.entryRange(0, block)
  let sum = 0n
  for (let index = 0; index < end; index += 1) {
    if (first[index] !== person && second[index] !== person) continue
    if (!kinds.includes(kind[index] ?? 0)) continue
    if (first[index] === person) sum -= value[index] ?? 0n
    if (second[index] === person) sum += value[index] ?? 0n
  }
  return sum
}

function staked({ store }: SimulatedChain, person: number | undefined, block: number): bigint {
  const { kind, first, value } = store.entries
  const [, end] = store.entryRange(0, block)
  let sum = 0n
  for (let index = 0; index < end; index += 1) {
    if (person !== undefined && first[index] !== person) continue
    if (kind[index] === KIND.stake) sum += value[index] ?? 0n
    if (kind[index] === KIND.unstake) sum -= value[index] ?? 0n
  }
  return sum
}

/** Customers bring stable tokens from outside of this chain's history. */
function atLeastNothing(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}

function word(value: bigint): string {
  return `0x${value.toString(16).padStart(64, '0')}`
}
