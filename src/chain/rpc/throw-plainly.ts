import { QuestionRefused } from '../errors'
import { RpcRejected } from './rpc'

/** Throws what ended the reading of a chain: a question that nobody answers as a statement. @throws QuestionRefused (E3018) */
export function throwPlainly(error: unknown): never {
  if (!(error instanceof RpcRejected)) throw error
  throw new QuestionRefused({ url: error.endpoint, reason: error.message })
}
