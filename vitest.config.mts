import path from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'

const model = path.resolve(import.meta.dirname, 'lib/model/index.js')

/**
 * Entities come from the compiled model: TypeORM loads that one itself, an entity is known by its class, and the
 * type metadata that its decorators need is emitted by the TypeScript compiler only.
 */
const compiledModel: Plugin = {
  name: 'compiled-model',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!source.startsWith('.') || importer === undefined) return null
    const target = path.resolve(path.dirname(importer), source)
    return target === path.resolve(import.meta.dirname, 'src/model') ? { id: model, external: true } : null
  },
}

export default defineConfig({
  plugins: [compiledModel],
  // The libraries load graphql by require: an import has to reach that same copy, or there are two of each type.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['./test/support/global-setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    // Real processes are started and stopped everywhere: give them time, never a second try.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    pool: 'forks',
    maxWorkers: 2,
  },
})
