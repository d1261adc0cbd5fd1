import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT } from '../support/product'
import { goldenFiles } from './golden-files'

const FOLDER = join(PROJECT, 'test/golden/exports')

// Whoever changes bytes on purpose raises SCHEMA_VERSION, and runs: GOLDEN=write npx vitest run test/export/golden.test.ts
test.each(goldenFiles())('$name has the bytes that it always had', ({ name, content }) => {
  const path = join(FOLDER, name)
  if (process.env.GOLDEN === 'write') writeFileSync(path, content())
  expect(content().equals(readFileSync(path))).toBe(true)
})

test('there is no file that nothing makes', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    goldenFiles()
      .map(({ name }) => name)
      .sort(),
  )
})
