import type { FaultName } from './faults'
import type { Random } from './random'
import { RpcFailure } from './rpc-failure'

/** What providers and nodes say with these codes when something passes by itself. */
const WORDINGS: Readonly<Partial<Record<FaultName, readonly [code: number, messages: readonly string[]]>>> = {
  'rpc-32005': [
    -32005,
    [
      'project ID request rate exceeded',
      'daily request count exceeded, request rate limited',
      'limit exceeded',
    ],
  ],
  'rpc-32019': [-32019, ['block is out of range']],
  'rpc-32603': [-32603, ['Internal error', 'Internal JSON-RPC error.', 'internal server error']],
  'rpc-32000': [
    -32000,
    [
      'execution timeout',
      'request timed out',
      'header not found',
      'upstream connect error, please try again',
    ],
  ],
}

/** The error of a fault at the stage `refusal`. */
export function refusalOf(fault: FaultName, random: Random): RpcFailure {
  const [code, messages] = WORDINGS[fault] ?? [-32603, ['Internal error']]
  return new RpcFailure(code, messages[random.below(messages.length)] ?? '')
}
