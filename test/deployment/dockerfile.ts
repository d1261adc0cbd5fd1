/** One instruction of a Dockerfile, with its continuation lines joined. */
export interface Instruction {
  readonly name: string
  readonly text: string
}

export interface Stage {
  readonly name: string
  readonly base: string
  readonly instructions: readonly Instruction[]
}

/** Reads the part of Dockerfile syntax that ours uses: no here-documents, no parser directives. */
export function parseDockerfile(source: string): Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = []
  const text = source.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, ' ')
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? []
    if (name === 'FROM') {
      const [, base, stage] = /^(\S+) AS (\S+)$/.exec(rest) ?? []
      if (!base || !stage) throw new Error(`a stage without a name: ${line}`)
      stages.push({ name: stage, base, instructions: [] })
      continue
    }
    const stage = stages.at(-1)
    if (!stage || !/^[A-Z]+$/.test(name)) throw new Error(`not an instruction: ${line}`)
    stage.instructions.push({ name, text: rest })
  }
  return stages
}

/** What a COPY takes and from where; `from` is undefined for the build context. */
export function parseCopy(text: string): { from: string | undefined; sources: string[] } {
  const words = text.split(/\s+/)
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  return { from, sources: paths.slice(0, -1) }
}
