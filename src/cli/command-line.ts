import { parseArgs } from 'node:util'
import { CommandWrong } from './errors'

/** One option: a flag, or an option with a value, whose placeholder in the usage `value` is. */
export interface CommandOption {
  readonly value?: string
  readonly isRequired?: boolean
  /** One sentence of the usage. */
  readonly says: string
}

/** What a command understands. Its usage is made of this, so that the two cannot disagree. */
export interface CommandShape<Options extends Readonly<Record<string, CommandOption>>> {
  /** Word after the program's name. */
  readonly name: string
  readonly says: string
  /** What follows without dashes. */
  readonly operands: {
    readonly name: string
    readonly says: string
    readonly least: number
    readonly most: number
  }
  readonly options: Options
  readonly examples?: readonly string[]
}

type ValueOf<Option> = Option extends { value: string }
  ? Option extends { isRequired: true }
    ? string
    : string | undefined
  : boolean

export type Command<Options> =
  | { readonly asks: 'help'; readonly usage: string }
  | {
      readonly asks: 'work'
      readonly operands: readonly string[]
      readonly options: { readonly [Name in keyof Options]: ValueOf<Options[Name]> }
    }

const WIDTH = 96

/**
 * Reads the words after a command. An option's value follows it, or stands behind `=`; `--` ends the options.
 * @throws CommandWrong (E6209) for whatever the command does not understand: nothing is guessed or ignored
 */
export function readCommand<const Options extends Readonly<Record<string, CommandOption>>>(
  shape: CommandShape<Options>,
  args: readonly string[],
): Command<Options> {
  const wrong = (problem: string, mend?: string): CommandWrong =>
    new CommandWrong({ command: shape.name, problem, ...(mend === undefined ? {} : { mend }) })
  const known: Readonly<Record<string, CommandOption>> = shape.options
  const names = ['help', ...Object.keys(known)]
  const types = names.map((name) => [name, { type: known[name]?.value ? 'string' : 'boolean' }] as const)
  // Not strict: parseArgs would word the errors itself, without what the command does understand.
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  })
  const operands: string[] = []
  const values = new Map<string, string | true>()
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (name === 'help') return { asks: 'help', usage: usageOf(shape) }
    const option = Object.hasOwn(known, name) ? known[name] : undefined
    if (option === undefined) {
      throw wrong(
        `has no option ${rawName}`,
        `Its options are ${names.map((word) => `--${word}`).join(', ')}.`,
      )
    }
    if (values.has(name)) throw wrong(`was given ${rawName} twice`, 'Give it once.')
    values.set(name, option.value === undefined ? flag(value) : needed(value, token.inlineValue === true))

    function flag(given: string | undefined): true {
      if (given === undefined) return true
      throw wrong(`takes no value behind ${rawName}`, `Write ${rawName} alone.`)
    }
    function needed(given: string | undefined, isInline: boolean): string {
      if (given !== undefined && given !== '' && (isInline || !given.startsWith('-'))) return given
      throw wrong(`needs a value behind ${rawName}`, `Write ${rawName} ${option?.value}.`)
    }
  }
  const missing = Object.keys(known).find((name) => known[name]?.isRequired && !values.has(name))
  if (missing !== undefined) {
    throw wrong(`needs --${missing}`, `Add --${missing} ${known[missing]?.value}: ${known[missing]?.says}`)
  }
  const { least, most, name, says } = shape.operands
  if (operands.length < least) throw wrong(`needs ${name}`, `${name}: ${says}`)
  if (operands.length > most) {
    throw wrong(`does not understand "${operands[most]}"`, most === 0 ? 'Leave it out.' : `${name}: ${says}`)
  }
  const read = Object.keys(known).map((word) => [
    word,
    known[word]?.value === undefined ? values.has(word) : values.get(word),
  ])
  return { asks: 'work', operands, options: Object.fromEntries(read) }
}

/** What `--help` prints. */
export function usageOf(shape: CommandShape<Readonly<Record<string, CommandOption>>>): string {
  const { name, says, operands, options, examples = [] } = shape
  const spelled = Object.entries(options).map(([word, option]) => ({
    option,
    text: `--${word}${option.value === undefined ? '' : ` ${option.value}`}`,
  }))
  const required = spelled.filter(({ option }) => option.isRequired).map(({ text }) => ` ${text}`)
  const rows = [
    ...(operands.most === 0 ? [] : [[operands.name, operands.says] as const]),
    ...spelled.map(({ option, text }) => [text, option.says] as const),
    ['--help', 'Prints this.'] as const,
  ]
  const column = Math.max(...rows.map(([text]) => text.length)) + 4
  return [
    `Usage: ashao ${name}${operands.most === 0 ? '' : ` ${operands.name}`}${required.join('')} [options]`,
    '',
    ...wrap(says, WIDTH),
    '',
    ...rows.flatMap(([text, sentence]) =>
      wrap(sentence, WIDTH - column).map(
        (line, index) => `  ${index === 0 ? text : ''}`.padEnd(column) + line,
      ),
    ),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples.map((example) => `  ${example}`)]),
    '',
  ].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
