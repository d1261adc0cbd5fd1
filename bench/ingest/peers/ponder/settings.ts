type Address = `0x${string}`

const list = (name: string): Address[] => (process.env[name] ?? '').toLowerCase().split(',') as Address[]
const one = (name: string): Address => list(name)[0] as Address

export const url = process.env.RPC_URL ?? ''
export const addresses = { token: one('TOKEN'), staking: one('STAKING'), stable: one('STABLE') }
export const treasury = list('TREASURY')
export const internal = list('INTERNAL')
