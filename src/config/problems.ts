import { EconomyError } from '../core/errors'

/** One thing that is wrong in the configuration. `key` is a variable's name or a dotted path in a file. */
export interface Problem {
  readonly key: string
  readonly problem: string
  readonly mend: string
}

/** The configuration cannot be used; the message lists every problem, one a line. */
export class ConfigurationInvalid extends EconomyError {
  readonly code = 'E1001'

  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(({ key, problem, mend }) => `  ${key}: ${problem}; ${mend}.`)
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
    super(`The configuration has ${count}:\n${lines.join('\n')}`, { problems })
  }
}
