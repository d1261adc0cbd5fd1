import { indexFloor } from './index-floor'

const { RPC_URL = '', DATABASE_URL = '', CONTRACTS = '{}', TREASURY = '', INTERNAL = '' } = process.env
const source = { url: RPC_URL, contracts: JSON.parse(CONTRACTS), treasury: TREASURY.split(',') }

indexFloor(source, INTERNAL.split(','), DATABASE_URL).then(
  // Connections to the node are kept open, and need not be closed one by one.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
