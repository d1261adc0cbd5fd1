/** Ways to check history beyond what each answer says of itself; the values of VERIFICATION. */
export const VERIFICATION_MODES = ['none', 'bloom', 'receipts', 'quorum'] as const

export type VerificationSetting =
  | { readonly mode: 'none' | 'bloom' | 'receipts' }
  /** `share` of the ranges, from 0 to 1, is read from a second endpoint and compared. */
  | { readonly mode: 'quorum'; readonly share: number }
