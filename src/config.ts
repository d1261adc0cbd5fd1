import { readFileSync } from 'node:fs'
import { type EconomyFile, parseEconomyFile } from './config/economy-file'
import { type Environment, parseEnvironment } from './config/environment'
import { ConfigurationInvalid, type Problem } from './config/problems'

/** Everything that a process needs to know, checked once at the door and frozen. */
export interface Config {
  readonly environment: Environment
  readonly economy: EconomyFile
}

type Variables = Readonly<Record<string, string | undefined>>

/** Variables that a process cannot do without: it starts nothing by itself. */
export type Required = 'RPC_URL' | 'DATABASE_URL'

/**
 * Reads the environment and the economy file that it names.
 * @throws ConfigurationInvalid (E1001) naming every problem of both at once.
 */
export function loadConfig(variables: Variables, required: readonly Required[] = []): Config {
  const problems: Problem[] = []
  const environment = parseEnvironment(variables, problems)
  const missing = {
    RPC_URL: environment.rpcUrls.length === 0,
    DATABASE_URL: environment.databaseUrl === undefined,
  }
  for (const key of required) {
    if (!missing[key]) continue
    const mend = 'set it, or run "npm start", which starts what is missing'
    problems.push({ key, problem: 'is not set, and this process alone starts none', mend })
  }
  const economy = readEconomyFile(environment.economyFile, problems)
  if (problems.length > 0 || economy === undefined) throw new ConfigurationInvalid(problems)
  return Object.freeze({ environment, economy })
}

/**
 * Reads what the supervisor needs. With a node of the operator's own the economy file is theirs too and is checked
 * here, before anything is started; the local chain brings one of its own.
 * @throws ConfigurationInvalid (E1001) naming every problem at once.
 */
export function loadEnvironment(variables: Variables): Environment {
  const problems: Problem[] = []
  const environment = parseEnvironment(variables, problems)
  if (environment.rpcUrls.length > 0) return loadConfig(variables).environment
  if (variables.ECONOMY_FILE) {
    problems.push({
      key: 'ECONOMY_FILE',
      problem: 'is set without RPC_URL, but the local chain has an economy of its own',
      mend: 'set RPC_URL too, or unset it',
    })
  }
  if (problems.length > 0) throw new ConfigurationInvalid(problems)
  return environment
}

/** Every text that must never be printed, known even where the configuration is wrong. */
export function secretsOf(variables: Variables): readonly string[] {
  return parseEnvironment(variables, []).secrets
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
