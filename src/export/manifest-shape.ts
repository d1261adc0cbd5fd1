import { exportPath } from './export-target'
import { DATA_FORMATS, type ExportFormat, type Manifest } from './manifest'

/** Formats that each of these is written in; all others are data sets, in the formats of data files. */
const FORMATS: Readonly<Partial<Record<Manifest['dataset'], readonly ExportFormat[]>>> = {
  statement: [...DATA_FORMATS, 'koinly', 'rotki'],
  treasury: ['hledger'],
  proofs: ['proofs'],
}

/**
 * Whether what a manifest says of its file goes together. What a file is held against is chosen by what its manifest says it
 * is, and those who read a folder go by its path: neither may say anything else.
 * @returns what does not, one sentence without a full stop; undefined where all does
 */
export function shapeProblem(manifest: Manifest): string | undefined {
  const { file, dataset, format, account, partition, fromBlock, toBlock } = manifest
  if (!(FORMATS[dataset] ?? DATA_FORMATS).some((known) => known === format)) {
    return `dataset is ${dataset}, of which there is no ${format}`
  }
  if (dataset === 'statement' && account === null) return 'account is null, and a statement is of one account'
  if (dataset !== 'statement' && account !== null)
    return `account is ${account}, and ${dataset} is of no account`
  if (partition !== null && ['statement', 'treasury', 'proofs'].includes(dataset)) {
    return `partition is ${partition.month}, and ${dataset} is not parted`
  }
  const range = { fromBlock, toBlock }
  const path = exportPath({ dataset, format, range, account: account ?? undefined, month: partition?.month })
  return file === path ? undefined : `file is ${file}, and by what is said of it, it is ${path}`
}
