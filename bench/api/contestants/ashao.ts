import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { economyFile } from '../loader/economy-file'
import type { Contestant } from './contestant'

/** This project's API as it runs in operation: one process, with its ordinary settings. */
export const ashao: Contestant = {
  name: 'ashao',
  install: () => [],
  start({ databaseUrl, port, directory, build }) {
    const file = path.join(directory, 'economy.yaml')
    writeFileSync(file, economyFile())
    return {
      command: process.execPath,
      args: [path.join(build, 'main.js'), 'api'],
      directory,
      environment: {
        DATABASE_URL: databaseUrl,
        ECONOMY_FILE: file,
        DATA_DIR: directory,
        PORT: String(port),
        // The made-up history ends on a fixed day.
        MAX_LAG_SECONDS: '10000000000',
      },
    }
  },
}
