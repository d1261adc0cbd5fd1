import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, fillReconciliations, HEAD } from '../support/lived-economy'
import { timeOf } from '../support/small-economy'
import { documentedAnswers, type OpenApi } from './documented'
import { type MadeRequest, madeRequests } from './made-requests'

const REQUESTS = 5_000

let filled: FilledApi
beforeAll(async () => {
  filled = await createLivedApi()
  await fillReconciliations(filled.tables)
  // While a difference stands, the service is never ready.
  await filled.tables.run("update reconciliation set standing = '[]'")
})
afterAll(() => filled.close())

async function send({ method, url, ifNoneMatch, isStale }: MadeRequest) {
  filled.api.now = timeOf(HEAD) + (isStale ? 61 : 3)
  const headers = ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }
  return filled.api.app.inject({ method, url, headers })
}

test('whatever is asked, every answer is one that the document describes', { timeout: 180_000 }, async () => {
  const document: OpenApi = (await filled.api.app.inject('/api/openapi.json')).json()
  const mistakes = documentedAnswers(document)
  const seen = new Map<string, Set<number>>(Object.keys(document.paths).map((path) => [path, new Set()]))
  await fc.assert(
    fc.asyncProperty(madeRequests(document), async (request) => {
      const answer = await send(request)
      switch (request.method) {
        case 'GET':
        case 'HEAD':
          expect(mistakes(request.path, answer, request.method === 'GET')).toEqual([])
          // 501 is oEmbed's word for another format than JSON.
          expect(request.isStale || answer.statusCode < 500 || answer.statusCode === 501).toBe(true)
          seen.get(request.path)?.add(answer.statusCode)
          break
        case 'OPTIONS':
          expect([204, 400, 414]).toContain(answer.statusCode)
          break
        default:
          // A path that names nothing has no methods, and a URL that cannot be read no path.
          expect([400, 404, 405, 414]).toContain(answer.statusCode)
          expect(answer.json()).toMatchObject({
            status: answer.statusCode,
            code: expect.stringMatching(/^E50\d\d$/),
          })
      }
    }),
    { numRuns: REQUESTS },
  )
  expect(filled.api.reported).toEqual([])
  // Without this, a run that only ever was refused would show nothing.
  const never = [...seen].flatMap(([path, statuses]) =>
    // The dashboard takes whatever a link to it carries.
    [200, ...(path === '/' || path.startsWith('/account/') ? [] : [400])]
      .filter((status) => !statuses.has(status))
      .map((status) => `${path} ${status}`),
  )
  expect(never).toEqual([])
})
