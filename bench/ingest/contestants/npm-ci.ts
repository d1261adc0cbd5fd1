import { statSync } from 'node:fs'
import path from 'node:path'
import type { Command } from '../harness/contestant'

/** Installs what a lock file says, unless that was done since it changed. */
export function npmCi(directory: string): readonly Command[] {
  const changed = timeOf(path.join(directory, 'package-lock.json'))
  const installed = timeOf(path.join(directory, 'node_modules/.package-lock.json'))
  return installed > changed ? [] : [{ command: 'npm', args: ['ci', '--no-audit', '--no-fund'], directory }]
}

/** When a file was last written, in unix milliseconds; 0 if there is none. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
