import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '../../src/config/environment'
import { API, expectNoSecret, read, repository } from './deployment-files'
import { parseCopy, parseDockerfile } from './dockerfile'

const stages = parseDockerfile(read('Dockerfile'))
const runtime = stages.at(-1)
const last = (name: string) => runtime?.instructions.findLast((each) => each.name === name)?.text ?? ''
const environment = Object.fromEntries(
  last('ENV')
    .split(/\s+/)
    .map((pair) => pair.split('=')),
)

/** Paths that the build context holds: .dockerignore shuts everything out and lets these in again. */
const context = read('.dockerignore')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1))

describe('Dockerfile', () => {
  test('every base image is pinned to a full version of the Node.js that the program needs', () => {
    expect(stages.length).toBeGreaterThan(1)
    const major = /(\d+)/.exec(JSON.parse(read('package.json')).engines.node)?.[1]
    for (const { base } of stages)
      expect(base).toMatch(new RegExp(`^node:${major}\\.\\d+\\.\\d+-bookworm-slim$`))
  })

  test('copies only what is there: in the build context, or made by an earlier stage', () => {
    const seen: string[] = []
    for (const stage of stages) {
      for (const { name, text } of stage.instructions) {
        if (name !== 'COPY') continue
        const { from, sources } = parseCopy(text)
        expect(sources).not.toEqual([])
        if (from !== undefined) {
          expect(seen).toContain(from)
          expect(['/app/lib', '/app/node_modules']).toEqual(expect.arrayContaining(sources))
          continue
        }
        for (const source of sources) {
          const optional = source.endsWith('*')
          const path = source.replace(/\*$/, '')
          expect(context).toContain(path)
          expect(optional ? 'economy.yaml' : path).toBe(path)
          expect(optional || existsSync(resolve(repository, path)), `${path} is missing`).toBe(true)
        }
      }
      seen.push(stage.name)
    }
  })

  test('the build context is a list of what goes in, so that no .env can', () => {
    expect(read('.dockerignore').split('\n')).toContain('*')
    for (const path of ['.env', '.git', '.data', 'node_modules', 'lib', 'test'])
      expect(context).not.toContain(path)
    const copied = stages.flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === 'COPY').flatMap(({ text }) => parseCopy(text).sources),
    )
    for (const path of context) expect(copied.map((each) => each.replace(/\*$/, ''))).toContain(path)
  })

  test('compiles with every package: the compiler’s own binary is an optional one', () => {
    const build = stages.find(({ name }) => name === 'build')
    const runs = build?.instructions.filter(({ name }) => name === 'RUN').map(({ text }) => text) ?? []
    expect(runs.at(-1)).toBe('npm run build')
    expect(runs.find((text) => text.startsWith('npm ci'))).not.toContain('--omit')
  })

  test('runs without development and optional packages, and without their scripts', () => {
    const dependencies = stages.find(({ name }) => name === 'dependencies')
    const install = dependencies?.instructions.find(({ name }) => name === 'RUN')?.text
    expect(install).toMatch(/^npm ci /)
    for (const flag of ['--omit=dev', '--omit=optional', '--ignore-scripts']) expect(install).toContain(flag)
    expect(environment.NODE_ENV).toBe('production')
  })

  test('runs as a user other than root', () => {
    expect(last('USER')).toMatch(/^(?!root\b|0\b)\w+$/)
    const order = runtime?.instructions.map(({ name }) => name) ?? []
    expect(order.lastIndexOf('USER')).toBeLessThan(order.lastIndexOf('CMD'))
  })

  test('starts the API by default, without a shell, and is stopped by a signal that the program handles', () => {
    expect(JSON.parse(last('CMD'))).toEqual(API)
    expect(last('ENTRYPOINT')).toBe('')
    expect(last('STOPSIGNAL')).toBe('SIGTERM')
  })

  test('uses the port that the configuration defaults to', () => {
    const { port } = parseEnvironment({}, [])
    expect(last('EXPOSE')).toBe(String(port))
    expect(environment.PORT).toBe(String(port))
    expect(environment.HOST).toBe('0.0.0.0')
  })

  test('asks /health by Node.js itself, in a program that parses', () => {
    const [, command = ''] = /CMD (\[.*\])$/.exec(last('HEALTHCHECK')) ?? []
    const [program, flag, script] = JSON.parse(command)
    expect([program, flag]).toEqual(['node', '-e'])
    expect(script).toContain('/health')
    expect(() => new Function(script)).not.toThrow()
  })

  test('holds no secret', () => {
    expectNoSecret(read('Dockerfile'))
  })
})

describe('the checks themselves', () => {
  test('find what they look for', () => {
    for (const planted of ['PASSWORD=hunter2', 'postgres://ashao:pw@db/ashao', `KEY: ${'ab'.repeat(16)}`]) {
      expect(() => expectNoSecret(planted)).toThrow()
    }
    expect(() => parseDockerfile('FROM node')).toThrow('without a name')
    expect(() => parseDockerfile('FROM node AS a\nnonsense')).toThrow('not an instruction')
  })
})
