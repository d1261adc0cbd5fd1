import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AnvilMissing } from './errors'

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * Path of the native node binary, taken from the platform's own package. The launcher that the main package
 * offers is passed over: it adds a second process that would have to be ended too.
 * @throws AnvilMissing if this platform has no such package or it is not installed.
 */
export function resolveAnvilBinary(platform: string = process.platform, arch: string = process.arch): string {
  const architecture = ARCHITECTURES[arch] ?? arch
  const packageName = `@foundry-rs/anvil-${platform}-${architecture}`
  const file = platform === 'win32' ? 'anvil.exe' : 'anvil'
  const binary = packageFolder(packageName)
  if (binary) {
    const path = join(binary, 'bin', file)
    if (existsSync(path)) return path
  }
  throw new AnvilMissing({ platform, architecture, package: packageName })
}

function packageFolder(name: string): string | undefined {
  const require = createRequire(__filename)
  try {
    return dirname(require.resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}
