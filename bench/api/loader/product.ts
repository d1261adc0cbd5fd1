import path from 'node:path'

/**
 * The parts of the compiled program that write history. They are taken from there, and not compiled again with the bench:
 * TypeORM knows an entity by its class, and the SDK finds the classes in `lib/model`.
 * @param build directory with the compiled program
 */
export function productParts(build: string) {
  const load = <Module>(file: string): Module => require(path.join(build, file)) as Module
  return {
    ...load<typeof import('../../../src/indexer/handle-batch')>('indexer/handle-batch'),
    ...load<typeof import('../../../src/indexer/account-memory')>('indexer/account-memory'),
    ...load<typeof import('../../../src/indexer/deployment-identity')>('indexer/deployment-identity'),
    ...load<typeof import('../../../src/config/economy-file')>('config/economy-file'),
    ...load<typeof import('../../../src/store/deployment')>('store/deployment'),
    ...load<typeof import('../../../src/store/migrate')>('store/migrate'),
    ...load<typeof import('../../../src/store/secondary-indexes')>('store/secondary-indexes'),
  }
}

export type ProductParts = ReturnType<typeof productParts>
