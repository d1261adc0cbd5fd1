import { expect, test } from 'vitest'
import { resolveAnvilBinary } from '../../src/devnet/anvil-binary'
import { AnvilMissing } from '../../src/devnet/errors'

test('a platform without a node binary is named in the error', () => {
  expect(() => resolveAnvilBinary('plan9', 'mips')).toThrow(AnvilMissing)
  expect(() => resolveAnvilBinary('plan9', 'mips')).toThrow(/plan9-mips/)
})

test('the binary of this platform is found', () => {
  expect(resolveAnvilBinary()).toMatch(/anvil(\.exe)?$/)
})
