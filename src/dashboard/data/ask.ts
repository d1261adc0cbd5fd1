import type { BlockInput, TypedDocumentString } from '../generated'
import { NewestBlockDocument } from '../generated'

/** Where GraphQL is served; the page has no other source. */
const ENDPOINT = '/graphql'
/** Milliseconds after which an answer is not waited for any longer: the API itself gives up sooner. */
const PATIENCE = 20_000

/** Why a question has no answer, as a reader can be told. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Code of the API (docs/errors.md); undefined where nobody answered. */
    readonly code: string | undefined,
  ) {
    super(message)
    this.name = 'NoAnswer'
  }
}

/** The API's word that the newest block is older than it serves as new. */
const HEAD_STALE = 'E5003'

/** An answer, and whether it is about a block that is too old to pass for now. */
export interface Newest<Answer> {
  readonly data: Answer
  readonly isStale: boolean
}

interface Reply {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[]
}

/**
 * Asks the API one question.
 * @throws NoAnswer with the API's code where it refuses; without one where it cannot be reached
 */
export async function ask<Answer, Variables>(
  question: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const reply = await post(JSON.stringify({ query: question.toString(), variables }))
  const [error] = reply.errors ?? []
  if (error !== undefined) {
    const code = error.extensions?.code
    throw new NoAnswer(error.message, typeof code === 'string' ? code : undefined)
  }
  // Typed by the committed schema, which the API is tested to serve.
  return reply.data as Answer
}

/**
 * Asks about the newest block. Where that is stale, it is asked for by its number, which is no lie: the block is named.
 * @throws NoAnswer
 */
export async function askNewest<Answer, Variables extends { block?: BlockInput | null | undefined }>(
  question: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Newest<Answer>> {
  try {
    return { data: await ask(question, variables), isStale: false }
  } catch (error) {
    if (!(error instanceof NoAnswer) || error.code !== HEAD_STALE) throw error
    const { head } = await ask(NewestBlockDocument, {})
    if (head === null || head === undefined) throw error
    const data = await ask(question, { ...variables, block: { number: head.blockNumber } })
    return { data, isStale: true }
  }
}

async function post(body: string): Promise<Reply> {
  let response: Response
  try {
    response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch {
    throw new NoAnswer('The API cannot be reached.', undefined)
  }
  const reply: unknown = await response.json().catch(() => undefined)
  if (isReply(reply)) return reply
  // A proxy in between, or a refusal before GraphQL: problem+json has a title and a code.
  const { detail, title, code } = (reply ?? {}) as Record<string, unknown>
  const message =
    [detail, title].find((text) => typeof text === 'string') ?? `The API answers ${response.status}.`
  throw new NoAnswer(String(message), typeof code === 'string' ? code : undefined)
}

function isReply(reply: unknown): reply is Reply {
  return typeof reply === 'object' && reply !== null && ('data' in reply || 'errors' in reply)
}
