import type { Logger } from '@subsquid/logger'
import type { Environment } from '../config/environment'
import { tell } from './messages'

/**
 * The local chain as a process of its own: seeds or resumes it, then mines until it is told to stop. Ends with
 * the node, so that whoever supervises it can start it again.
 * @returns what stops it
 */
export async function runDevnet(environment: Environment, log: Logger): Promise<() => Promise<void>> {
  // Loaded only here: its packages are optional and absent from a production image.
  const { startLocalChain } = await import('../devnet/local-chain.js')
  const chain = await startLocalChain({
    dataDir: environment.dataDir,
    port: environment.devnetPort,
    onProgress: (done, total) => tell({ type: 'seeding', done, total }),
    log: (message) => log.info(message),
  })
  const { rpcUrl, economyFile, resumed } = chain
  let isStopping = false
  chain.ended.then(() => {
    if (!isStopping) process.exit(1)
  })
  log.info(`the local chain answers at ${rpcUrl}; its economy is described in ${economyFile}`)
  tell({ type: 'chainReady', rpcUrl, economyFile, resumed })
  return () => {
    isStopping = true
    return chain.stop()
  }
}
