import { type Address, parseUnits } from 'viem'
import { expect } from 'vitest'
import { type AccountFigures, type Figures, SUPPLY_FIGURES, type SupplyFigure } from './ground-truth'

type Answer = { data?: Record<string, unknown>; errors?: readonly { message: string }[] }

/** Asks the API; any error in the answer is a failure of the test. */
export async function ask<Data>(apiUrl: string, query: string): Promise<Data> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as Answer
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  return data as Data
}

type AmountJson = { baseUnits: string }
type AmountsJson<Name extends string> = Record<Name, AmountJson>

interface FiguresJson {
  supply: AmountsJson<SupplyFigure> & { asOf: { block: number } }
  treasury: AmountsJson<'balance' | 'revenue' | 'internalInflow'> & {
    outflow: AmountsJson<'buyback' | 'rewards' | 'other'>
  }
  staking: AmountsJson<'staked' | 'rewardsPaid'> & { stakingRatio: string | null }
  buyback: AmountsJson<'spent' | 'burned' | 'paid' | 'bought'> & { averagePrice: string | null }
  price: Figures['price']
  [account: `a${number}`]: AmountsJson<keyof AccountFigures>
}

/** The same figures as `GroundTruth.figuresAt`, as the API answers them for that block. */
export async function apiFigures(
  apiUrl: string,
  block: number,
  accounts: readonly Address[],
): Promise<Figures> {
  const at = `block: { number: ${block} }`
  const amounts = (...names: readonly string[]): string =>
    names.map((name) => `${name} { baseUnits }`).join(' ')
  const account = (address: Address, index: number): string =>
    `a${index}: accountFigures(address: "${address}", ${at}) { ${amounts('balance', 'staked', 'rewardsPaid')} }`
  const data = await ask<FiguresJson>(
    apiUrl,
    `{ supply(${at}) { ${amounts(...SUPPLY_FIGURES)} asOf { block } }
       treasury(${at}) { ${amounts('balance', 'revenue', 'internalInflow')}
         outflow { ${amounts('buyback', 'rewards', 'other')} } }
       staking(${at}) { ${amounts('staked', 'rewardsPaid')} stakingRatio }
       buyback(${at}) { ${amounts('spent', 'burned', 'paid', 'bought')} averagePrice }
       price(${at}) { price source block }
       ${accounts.map(account).join('\n')} }`,
  )
  const { asOf, ...supply } = data.supply
  expect(asOf.block).toBe(block)
  const { outflow, ...treasury } = data.treasury
  const { stakingRatio, ...staking } = data.staking
  const { averagePrice, ...buyback } = data.buyback
  const entries = accounts.map((address, index) => {
    const figures = data[`a${index}`]
    if (figures === undefined) throw new TypeError(`the API left out ${address}`)
    return [address.toLowerCase(), texts(figures)] as const
  })
  return {
    supply: texts(supply),
    treasury: { ...texts(treasury), outflow: texts(outflow) },
    staking: { ...texts(staking), stakingRatio: inUnits(stakingRatio) },
    buyback: { ...texts(buyback), averagePrice: inUnits(averagePrice) },
    price: { ...data.price, price: inUnits(data.price.price) },
    accounts: Object.fromEntries(entries),
  }
}

/** A number with a point, in units of 10⁻¹⁸. */
function inUnits(decimal: string | null): string | null {
  return decimal === null ? null : String(parseUnits(decimal, 18))
}

function texts<Name extends string>(amounts: AmountsJson<Name>): Record<Name, string> {
  const entries = Object.entries<AmountJson>(amounts).map(([name, { baseUnits }]) => [name, baseUnits])
  return Object.fromEntries(entries) as Record<Name, string>
}
