import type { ChainNode } from '../chain/node'
import { connectNode } from '../chain/node-client'
import { probeNode } from '../chain/probe'
import type { Config } from '../config'
import { redactUrl } from '../config/redact'
import type { Hash } from '../core/address'

/**
 * Takes the first node, in order of preference, that can serve this economy.
 * @param warn told of each that cannot, where there are several
 */
export async function chooseNode(
  { environment, economy }: Config,
  warn: (message: string, error: Error) => void,
): Promise<{ node: ChainNode; url: string; genesisHash: Hash }> {
  let first: unknown
  for (const url of environment.rpcUrls) {
    const node = connectNode(url, redactUrl(url))
    try {
      const { genesisHash } = await probeNode(node, economy)
      return { node, url, genesisHash }
    } catch (error) {
      first ??= error
      if (environment.rpcUrls.length > 1) warn(`${node.shownUrl} cannot be used`, error as Error)
    }
  }
  throw first
}
