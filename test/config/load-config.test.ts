import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Config, loadConfig, loadEnvironment } from '../../src/config'
import { ConfigurationInvalid } from '../../src/config/problems'
import { economyFolder, economyText } from '../support/economy-file'

const folder = economyFolder(economyText())
const broken = economyFolder(economyText({ 'chain.id': 'Base', extra: 1 }))
const unreadable = economyFolder('chain: [\n')

afterAll(() => {
  for (const { remove } of [folder, broken, unreadable]) remove()
})

function refusal(load: () => unknown): ConfigurationInvalid {
  try {
    load()
  } catch (error) {
    if (error instanceof ConfigurationInvalid) return error
    throw error
  }
  throw new TypeError('the configuration was accepted')
}

const keysOf = (error: ConfigurationInvalid): string[] => error.problems.map(({ key }) => key)

test('environment and file make one configuration, frozen', () => {
  const config: Config = loadConfig({ ECONOMY_FILE: folder.file, RPC_URL: 'http://127.0.0.1:8545' })
  expect(config.environment.rpcUrls).toEqual(['http://127.0.0.1:8545'])
  expect(config.economy.chain.id).toBe(8453)
  for (const part of [config, config.environment, config.economy]) expect(Object.isFrozen(part)).toBe(true)
})

test('two readings of the same text are the same configuration', () => {
  const variables = { ECONOMY_FILE: folder.file }
  expect(loadConfig(variables)).toEqual(loadConfig(variables))
})

describe('one report', () => {
  test('names the problems of the environment and of the file together', () => {
    const variables = { ECONOMY_FILE: broken.file, PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'mysql://h' }
    const error = refusal(() => loadConfig(variables))
    expect(error.code).toBe('E1001')
    expect(keysOf(error).sort()).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'PORT', 'chain.id', 'extra'])
  })

  test('has a line for each problem: where, what, how to mend it', () => {
    const error = refusal(() => loadConfig({ ECONOMY_FILE: broken.file, PORT: 'x' }))
    const [first, ...lines] = error.message.split('\n')
    expect(first).toBe('The configuration has 3 problems:')
    expect(lines).toEqual(error.problems.map(({ key, problem, mend }) => `  ${key}: ${problem}; ${mend}.`))
    expect(refusal(() => loadEnvironment({ PORT: 'x' })).message).toMatch(
      /^The configuration has one problem:\n/,
    )
  })

  test('names the line and column where the YAML ends to make sense', () => {
    const [key] = keysOf(refusal(() => loadConfig({ ECONOMY_FILE: unreadable.file })))
    expect(key).toMatch(new RegExp(`^${unreadable.file}:[12]:\\d+$`))
  })

  test('says that the file is missing, beside what else is wrong', () => {
    const file = join(folder.directory, 'nowhere.yaml')
    const error = refusal(() => loadConfig({ ECONOMY_FILE: file, PORT: 'x' }))
    expect(keysOf(error)).toEqual(['PORT', 'ECONOMY_FILE'])
    expect(error.problems[1]?.problem).toBe(`the economy file ${file} does not exist`)
  })

  test('says that the file cannot be read where it is a folder', () => {
    const error = refusal(() => loadConfig({ ECONOMY_FILE: folder.directory }))
    expect(error.problems[0]?.problem).toBe(`the economy file ${folder.directory} cannot be read`)
  })
})

test('a process that starts nothing by itself wants the places that it needs, beside what else is wrong', () => {
  const variables = { ECONOMY_FILE: folder.file, PORT: 'x' }
  const error = refusal(() => loadConfig(variables, ['RPC_URL', 'DATABASE_URL']))
  expect(keysOf(error)).toEqual(['PORT', 'RPC_URL', 'DATABASE_URL'])
  const places = { RPC_URL: 'http://127.0.0.1:8545', DB_HOST: 'db', ECONOMY_FILE: folder.file }
  expect(loadConfig(places, ['RPC_URL', 'DATABASE_URL'])).toEqual(loadConfig(places))
})

describe('the supervisor', () => {
  test('with a node of its own wants the economy file too, and reports both at once', () => {
    const variables = { RPC_URL: 'http://127.0.0.1:8545', ECONOMY_FILE: folder.file }
    expect(loadEnvironment(variables)).toEqual(loadConfig(variables).environment)
    const wrong = { ...variables, ECONOMY_FILE: broken.file, PORT: 'x' }
    expect(keysOf(refusal(() => loadEnvironment(wrong))).sort()).toEqual(['PORT', 'chain.id', 'extra'])
  })

  test('without one needs no economy file', () => {
    expect(loadEnvironment({}).rpcUrls).toEqual([])
    expect(keysOf(refusal(() => loadEnvironment({ PORT: 'x', LOG_LEVEL: 'y' })))).toEqual([
      'PORT',
      'LOG_LEVEL',
    ])
  })

  test('refuses an economy file for the local chain, which has its own', () => {
    const variables = { ECONOMY_FILE: folder.file, PORT: 'x' }
    expect(keysOf(refusal(() => loadEnvironment(variables)))).toEqual(['PORT', 'ECONOMY_FILE'])
  })
})
