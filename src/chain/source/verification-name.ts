import type { VerificationSetting } from '../../config/verification'
import type { Verification } from '../../core/coverage'

/** A mode of verification as coverage names it. */
export function verificationName(mode: VerificationSetting['mode']): Verification {
  return mode.toUpperCase() as Uppercase<typeof mode>
}
