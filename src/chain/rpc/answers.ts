import { type Asked, failureOfBatch, failureOfError, type HttpFacts } from './error-class'
import { Failure } from './failure'
import type { Question, Reply } from './transport'

/** A request's text, and the id of its first question; the others follow. */
export function encodeQuestions(questions: readonly Question[], firstId: number): string {
  const objects = questions.map(({ method, params }, index) => ({
    jsonrpc: '2.0',
    id: firstId + index,
    method,
    params,
  }))
  return JSON.stringify(objects.length === 1 ? objects[0] : objects)
}

interface AnswerObject {
  readonly id?: unknown
  readonly result?: unknown
  readonly error?: unknown
}

/** Whether it is an object with an error, as opposed to `error: null` beside a result. */
export function hasError(answer: unknown): answer is { readonly error: unknown } {
  return isObject(answer) && answer.error !== undefined && answer.error !== null
}

/**
 * The answers of one request, in the order of its questions whatever the order that they came in. A question that
 * was not answered, or under another id, has a failure in its place.
 * @throws Failure if one error stands for the whole request
 */
export function orderAnswers(
  body: unknown,
  questions: readonly Question[],
  firstId: number,
  http?: HttpFacts,
): Reply[] {
  const asked: Asked = { method: questions[0]?.method ?? '', size: questions.length }
  if (questions.length === 1) {
    // Some answer a single question as a batch of one.
    const answer = Array.isArray(body) && body.length === 1 ? body[0] : body
    return [replyOf(answer, firstId, asked, http)]
  }
  if (!Array.isArray(body)) {
    if (hasError(body)) throw failureOfBatch(failureOfError(body.error, asked, http))
    throw new Failure('malformed', 'a batch was not answered by a list')
  }
  const replies = new Array<Reply | undefined>(questions.length).fill(undefined)
  let stray: { readonly error: unknown } | undefined
  for (const answer of body) {
    const index = isObject(answer) ? Number(answer.id ?? Number.NaN) - firstId : Number.NaN
    if (!Number.isInteger(index) || index < 0 || index >= replies.length) {
      if (hasError(answer)) stray ??= answer
      continue
    }
    replies[index] ??= replyOf(answer, firstId + index, asked, http)
  }
  // A list of one error without an id: the refusal of the batch.
  if (stray !== undefined && body.length === 1) throw failureOfBatch(failureOfError(stray.error, asked, http))
  return replies.map((reply) => reply ?? new Failure('malformed', 'an answer is missing from a batch'))
}

function replyOf(answer: unknown, id: number, asked: Asked, http?: HttpFacts): Reply {
  if (!isObject(answer)) return new Failure('malformed', 'the answer is not an object')
  // An error may come without its id: where the question could not be read, nobody knows it.
  if (hasError(answer)) return failureOfError(answer.error, asked, http)
  if (answer.id !== id && answer.id !== String(id))
    return new Failure('malformed', 'the answer has another id')
  if (answer.result === undefined) return new Failure('malformed', 'the answer has neither result nor error')
  return { value: answer.result }
}

function isObject(value: unknown): value is AnswerObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
