/** The result of one call, over HTTP. @throws Error with the node's message and code */
export async function ask<Result>(
  url: string,
  method: string,
  ...params: readonly unknown[]
): Promise<Result> {
  const reply = await post(url, { jsonrpc: '2.0', id: 1, method, params })
  const { result, error } = (await reply.json()) as Reply
  if (error) throw Object.assign(new Error(error.message), { code: error.code })
  return result as Result
}

/** What one request gets, whatever it is. */
export async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(2_000) })
}

export const inHex = (number: number): string => `0x${number.toString(16)}`

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}
