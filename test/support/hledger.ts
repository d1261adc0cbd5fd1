import { spawn } from 'node:child_process'

/** What hledger said, and how it ended. */
export interface HledgerAnswer {
  readonly code: number | null
  readonly output: string
  readonly complaint: string
}

/**
 * Runs hledger on a journal: the program named in `HLEDGER_PATH`, else the one in `PATH`.
 * @throws Error where there is none: a journal that nothing has loaded proves nothing.
 */
export function runHledger(journal: string, ...args: readonly string[]): Promise<HledgerAnswer> {
  const program = process.env.HLEDGER_PATH || 'hledger'
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-f-', ...args], {
      stdio: 'pipe',
      env: { ...process.env, LANG: 'C.UTF-8' },
    })
    let [output, complaint] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error('No hledger found: install it, or name its program in HLEDGER_PATH.')
          : error,
      ),
    )
    child.on('close', (code) => resolve({ code, output, complaint }))
    // A journal that is refused may not be read to its end.
    child.stdin.on('error', () => {})
    child.stdin.end(journal)
  })
}

/** Balances by account and commodity, in hledger's own words: `account → amounts`. */
export async function hledgerBalances(
  journal: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const { code, output, complaint } = await runHledger(
    journal,
    'balance',
    '--flat',
    '--no-total',
    '--empty',
    '-O',
    'csv',
    ...args,
  )
  if (code !== 0) throw new Error(complaint)
  const lines = output.trim().split('\n').slice(1)
  return Object.fromEntries(
    lines.map((line) => JSON.parse(`[${line.replaceAll('""', String.raw`\"`)}]`) as [string, string]),
  )
}
