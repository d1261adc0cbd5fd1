import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
const PAGE = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }))

/** What a process and all that descend from it use. */
export interface TreeUse {
  /** Processor seconds so far, with those of children that ended. */
  readonly cpuSeconds: number
  /** Bytes of resident memory at this moment. */
  readonly memory: number
}

/** Reads what a process tree uses from /proc (Linux). */
export function treeUse(root: number): TreeUse {
  const parents = new Map<number, number[]>()
  const uses = new Map<number, TreeUse>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readStat(name)
    if (stat === undefined) continue
    const pid = Number(name)
    uses.set(pid, stat)
    parents.set(stat.parent, [...(parents.get(stat.parent) ?? []), pid])
  }
  let [cpuSeconds, memory] = [0, 0]
  const visit = (pid: number): void => {
    cpuSeconds += uses.get(pid)?.cpuSeconds ?? 0
    memory += uses.get(pid)?.memory ?? 0
    for (const child of parents.get(pid) ?? []) visit(child)
  }
  visit(root)
  return { cpuSeconds, memory }
}

function readStat(pid: string): (TreeUse & { readonly parent: number }) | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    // It has ended meanwhile.
    return undefined
  }
  // The name, in parentheses, may hold anything; the fields behind it are numbered from 3 on (proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (number: number): number => Number(fields[number - 3])
  return {
    parent: field(4),
    cpuSeconds: (field(14) + field(15) + field(16) + field(17)) / TICKS,
    memory: field(24) * PAGE,
  }
}
