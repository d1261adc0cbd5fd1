import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const dashboard = path.dirname(fileURLToPath(import.meta.url))

/** What every browser asks for is compressed once, and not for each of them. */
const compressed: Plugin = {
  name: 'compressed',
  generateBundle(_, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!/\.(?:js|css|svg)$/.test(fileName)) continue
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(bytes) })
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(bytes) })
    }
  },
}

/** The page's files get names that change with their content, so that browsers keep them for ever. */
export default defineConfig({
  root: dashboard,
  base: '/dashboard/',
  publicDir: false,
  plugins: [compressed],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.resolve(dashboard, '../../lib/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    assetsDir: '.',
    // Inlined data: addresses would need another source in the policy of the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
