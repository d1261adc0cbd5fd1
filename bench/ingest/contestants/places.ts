import { existsSync } from 'node:fs'
import path from 'node:path'

/** The nearest directory above with a manifest of npm: where this was compiled to does not matter. */
function findProject(directory: string): string {
  if (existsSync(path.join(directory, 'package.json'))) return directory
  const above = path.dirname(directory)
  if (above === directory) throw new RangeError('no package.json above this file')
  return findProject(above)
}

export const PROJECT_DIRECTORY = findProject(__dirname)
export const BENCH_DIRECTORY = path.join(PROJECT_DIRECTORY, 'bench/ingest')
