const ACCOUNT = /^0x[0-9a-f]{40}$/i

/** Whether a text has the form of an account's address; its checksum is the API's to judge. */
export function isAccount(text: string): boolean {
  return ACCOUNT.test(text)
}

/** What was typed or pasted as an account: its address, or what is wrong with it. */
export type AccountText = { readonly address: string } | { readonly problem: string }

/** Reads an address out of what was pasted, which may be a link of an explorer. */
export function readAccount(pasted: string): AccountText {
  const text = pasted.trim()
  if (text === '') return { problem: 'Paste an address: 0x and 40 hex digits.' }
  const found = [...new Set(text.match(/0x[0-9a-f]+/gi) ?? [])]
  const accounts = found.filter(isAccount)
  const [address] = accounts
  if (address !== undefined && accounts.length === 1) return { address: `0x${address.slice(2)}` }
  if (accounts.length > 1) return { problem: 'There is more than one address in it.' }
  if (found.some(({ length }) => length === 66)) {
    return { problem: 'That is the hash of a transaction or a block: an address has 40 hex digits, not 64.' }
  }
  const [first] = found
  return {
    problem: first
      ? `An address has 40 hex digits after 0x, and this has ${first.length - 2}.`
      : 'An address begins with 0x, and has 40 hex digits after it.',
  }
}
