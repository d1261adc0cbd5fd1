// Asks a running API over GraphQL, without a line of the program itself.

const PAGE = 1_000

/** Why there is no answer, in one sentence; `code` is the API's, where it gave one. */
export class Unanswered extends Error {
  constructor(message, code) {
    super(message)
    this.code = code
  }
}

/** Asks one question. @throws Unanswered */
export async function askGraphQL(url, query) {
  const answer = await answerOf(url, query)
  const [error] = answer?.errors ?? []
  if (error !== undefined) {
    const { code, mend } = error.extensions ?? {}
    const sentence = [code ? `${code}: ${error.message}` : error.message, mend].filter(Boolean).join(' ')
    throw new Unanswered(`The API at ${url} says: ${sentence}`, code)
  }
  if (typeof answer?.data !== 'object' || answer.data === null) {
    throw new Unanswered(`What answers at ${url} is not this API. Give its address with --url.`)
  }
  return answer.data
}

async function answerOf(url, query) {
  let response
  try {
    response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
  } catch (error) {
    const reason = error.cause?.message || error.cause?.code || error.message
    throw new Unanswered(`No API answers at ${url} (${reason}). Start it, or give its address with --url.`)
  }
  try {
    return await response.json()
  } catch {
    throw new Unanswered(
      `What answers at ${url} is not this API (HTTP ${response.status}). Give its address with --url.`,
    )
  }
}

/** All rows of a ledger up to a block, oldest first. */
export async function pagesOf(url, ledger, fields, block) {
  const rows = []
  for (;;) {
    const after = rows.length > 0 ? `, where: { id_gt: "${rows.at(-1).id}" }` : ''
    const answer = await askGraphQL(
      url,
      `{ rows: ${ledger}(block: { number: ${block} }, first: ${PAGE}, orderDirection: asc${after}) { ${fields} } }`,
    )
    rows.push(...answer.rows)
    if (answer.rows.length < PAGE) return rows
  }
}
