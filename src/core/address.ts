/** A 20-byte address as `0x` and 40 lower-case hex digits: the only spelling used inside the program. */
export type Address = `0x${string}`

/** A 32-byte hash as `0x` and 64 lower-case hex digits. */
export type Hash = `0x${string}`

/** Stands for nobody: a Transfer from it is a mint, a Transfer to it destroys (EIP-20, OpenZeppelin). */
export const ZERO_ADDRESS: Address = '0x0000000000000000000000000000000000000000'
