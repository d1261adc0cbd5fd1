import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'vitest'

export const repository = resolve(__dirname, '../..')

export const read = (name: string): string => readFileSync(resolve(repository, name), 'utf8')

/** The two ways to start the program in a deployment. */
export const INDEXER = ['node', 'lib/main.js', 'indexer']
export const API = ['node', 'lib/main.js', 'api']

/**
 * Refuses a literal where a secret belongs: a password, key or token that is given a value, a URL with a
 * password in it, a long hexadecimal or base64 text. What is interpolated (`${…}`) is no literal.
 */
export function expectNoSecret(source: string): void {
  const literal = source.replaceAll(/\$\{\{[^}]*\}\}|\$\{[^}]*\}/g, '$')
  const patterns = [
    /(password|passwd|secret|token|api_?key)\w*["']?\s*[:=]\s*["']?[^\s"'$]+/i,
    /:\/\/[^\s/:@]+:[^\s/@$]+@/,
    /\b(0x)?[0-9a-f]{32,}\b/i,
    /\b[A-Za-z0-9+/]{40,}={0,2}\b/,
  ]
  for (const pattern of patterns) expect(literal).not.toMatch(pattern)
}
