import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(__dirname, '../..')

test('the committed ABIs and artifacts are what the sources compile to', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'contracts-'))
  execFileSync(process.execPath, [join(ROOT, 'scripts/compile-contracts.mjs'), fresh])
  for (const folder of ['abi', 'src/devnet/artifacts']) {
    const names = readdirSync(join(fresh, folder)).sort()
    expect(readdirSync(join(ROOT, folder)).sort()).toEqual(names)
    for (const name of names) {
      const read = (root: string) => readFileSync(join(root, folder, name), 'utf8')
      expect(read(ROOT), `${folder}/${name}`).toBe(read(fresh))
    }
  }
  rmSync(fresh, { recursive: true })
}, 30_000)
