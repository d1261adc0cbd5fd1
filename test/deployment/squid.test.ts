import { Manifest } from '@subsquid/manifest'
import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '../../src/config/environment'
import { API, expectNoSecret, INDEXER, read } from './deployment-files'

const source = read('squid.yaml')
const context = { secrets: { RPC_URL: 'http://node.invalid' } }

function parsed(text: string): Manifest {
  const { error, value } = Manifest.parse(text)
  if (error) throw error
  return value
}

describe('squid.yaml', () => {
  test('is a manifest that SQD Cloud accepts', () => {
    const manifest = parsed(source)
    expect(manifest.squidName()).toBe(JSON.parse(read('package.json')).name)
    expect(() => parsed(source.replace('name: ashao-indexer', 'name: Ashao_Indexer'))).toThrow('squid name')
  })

  test('runs both roles, and leaves migrations to the indexer', () => {
    const { deploy } = parsed(source).eval(context)
    expect(deploy?.processor.map(({ cmd }) => cmd)).toEqual([INDEXER])
    expect(deploy?.api?.cmd).toEqual(API)
    // Left out, the Cloud would run its own migration tool, which this program does not have.
    expect(deploy?.init).toBe(false)
    expect(deploy?.addons?.postgres).toBeDefined()
  })

  test('gives each role what the configuration accepts without a complaint, on the default port', () => {
    const { deploy } = parsed(source).eval(context)
    for (const own of [deploy?.processor[0]?.env, deploy?.api?.env]) {
      const problems: Parameters<typeof parseEnvironment>[1] = []
      const { rpcUrls, port } = parseEnvironment({ ...deploy?.env, ...own }, problems)
      expect(problems).toEqual([])
      expect(rpcUrls).toEqual(['http://node.invalid'])
      expect(port).toBe(parseEnvironment({}, []).port)
    }
    expect(deploy?.api?.env).toMatchObject({ HOST: '0.0.0.0', PORT: '4350' })
  })

  test('cannot be deployed without its secret, and holds none', () => {
    expect(() => parsed(source).eval({})).toThrow('RPC_URL')
    expectNoSecret(source)
  })

  test('builds with the script that package.json has', () => {
    const { build } = parsed(source).values()
    expect(build?.cmd?.slice(0, 2)).toEqual(['npm', 'run'])
    expect(JSON.parse(read('package.json')).scripts).toHaveProperty(build?.cmd?.[2] ?? '')
  })
})
