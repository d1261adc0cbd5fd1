import { readFileSync } from 'node:fs'
import { type EconomyFile, parseEconomyFile } from './config/economy-file'
import { type Environment, parseEnvironment } from './config/environment'
import { ConfigurationInvalid, type Problem } from './config/problems'

/** Everything that a process needs to know, checked once at the door and frozen. */
export interface Config {
  readonly environment: Environment
  readonly economy: EconomyFile
}

/**
 * Reads the environment and the economy file that it names.
 * @throws ConfigurationInvalid (E1001) naming every problem of both at once.
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const problems: Problem[] = []
  const environment = parseEnvironment(variables, problems)
  const economy = readEconomyFile(environment.economyFile, problems)
  if (problems.length > 0 || economy === undefined) throw new ConfigurationInvalid(problems)
  return Object.freeze({ environment, economy })
}

/** Reads the environment alone: what the supervisor needs before there is an economy file. */
export function loadEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const problems: Problem[] = []
  const environment = parseEnvironment(variables, problems)
  if (problems.length > 0) throw new ConfigurationInvalid(problems)
  return environment
}

function readEconomyFile(path: string, problems: Problem[]): EconomyFile | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read'
    problems.push({
      key: 'ECONOMY_FILE',
      problem: `the economy file ${path} ${reason}`,
      mend: 'write it (README, "Your own economy"), or name another path',
    })
    return undefined
  }
  return parseEconomyFile(text, path, problems)
}
