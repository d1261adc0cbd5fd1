import { describe, expect, it } from 'vitest'
import { isAccount, readAccount } from '../../src/dashboard/account/account-text'
import { LISTS, routeOf, WINDOWS, writtenOut } from '../../src/dashboard/data/views'

const ACCOUNT = `0x${'ab'.repeat(20)}`
const BY_DEFAULT = { window: 'd30', account: undefined, list: 'burns', purpose: undefined }

describe('the address of a view', () => {
  it('names nothing that is as by default', () => {
    expect(routeOf('/', '')).toEqual(BY_DEFAULT)
    expect(writtenOut(routeOf('/', ''))).toBe('/')
  })

  it('is read as it was written, for every window and list', () => {
    for (const { name: window } of WINDOWS) {
      for (const { name: list } of LISTS) {
        const [path = '', query = ''] = writtenOut({ ...routeOf('/', ''), window, list }).split('?')
        expect(routeOf(path, query)).toEqual({ ...BY_DEFAULT, window, list })
      }
    }
  })

  it('names a purpose with the flows alone', () => {
    const flows = routeOf('/', '?list=flows&purpose=buyback')
    expect(flows).toEqual({ ...BY_DEFAULT, list: 'flows', purpose: 'BUYBACK' })
    expect(writtenOut(flows)).toBe('/?list=flows&purpose=buyback')
    expect(writtenOut({ ...flows, list: 'rewards' })).toBe('/?list=rewards')
  })

  it('is forgiving of what it does not know', () => {
    expect(routeOf('/', '?window=d8&list=mints&purpose=fun&utm_source=x')).toEqual(BY_DEFAULT)
  })

  it('names an account as it was written, so that a wrong checksum is not lost', () => {
    expect(routeOf(`/account/${ACCOUNT}`, '?window=d7')).toEqual({
      ...BY_DEFAULT,
      window: 'd7',
      account: ACCOUNT,
    })
    expect(routeOf('/account/0xAB/', '').account).toBe('0xAB')
    expect(writtenOut({ ...routeOf('/', '?list=flows'), account: ACCOUNT })).toBe(`/account/${ACCOUNT}`)
  })

  it('carries whatever stands in the place of an account, also what is no text', () => {
    expect(routeOf('/account/a%2Fb', '').account).toBe('a/b')
    expect(writtenOut({ ...routeOf('/', ''), account: 'a/b?' })).toBe('/account/a%2Fb%3F')
    expect(routeOf('/account/%E0%A4%A', '').account).toBe('%E0%A4%A')
  })
})

describe('what is pasted as an account', () => {
  it('is its address, with blanks or within a link', () => {
    expect(readAccount(` ${ACCOUNT}\n`)).toEqual({ address: ACCOUNT })
    expect(readAccount(`https://explorer.example/address/${ACCOUNT}#events`)).toEqual({ address: ACCOUNT })
    expect(readAccount(ACCOUNT.replace('0x', '0X'))).toEqual({ address: ACCOUNT })
  })

  it('keeps its letters as they are: they are a checksum', () => {
    const mixed = `0x${'Ab'.repeat(20)}`
    expect(readAccount(mixed)).toEqual({ address: mixed })
    expect(isAccount(mixed)).toBe(true)
  })

  it('is said to be wrong, and in what way', () => {
    expect(readAccount('')).toEqual({ problem: 'Paste an address: 0x and 40 hex digits.' })
    expect(readAccount('treasury')).toMatchObject({ problem: expect.stringContaining('begins with 0x') })
    expect(readAccount('0x123')).toMatchObject({ problem: expect.stringContaining('and this has 3') })
    expect(readAccount(`0x${'a'.repeat(64)}`)).toMatchObject({ problem: expect.stringContaining('hash') })
    expect(readAccount(`${ACCOUNT} 0x${'c'.repeat(40)}`)).toMatchObject({
      problem: expect.stringContaining('more than one'),
    })
    expect(isAccount(`${ACCOUNT}0`)).toBe(false)
  })
})
