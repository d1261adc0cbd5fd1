/** A whole answer over HTTP. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers that were just given. */
export interface AnswerCache {
  /**
   * The answer to a question: the one that was given to it in this very second, if nothing was committed since; else a new one.
   * Questions that come while it is made get the same.
   * @param key all that the answer depends on besides the database and the clock
   */
  answer(key: string, make: () => Promise<Answer>): Promise<Answer>
}

export interface AnswerCacheOptions {
  /** Another number after each commit; undefined where a commit may go unheard: then nothing is kept. */
  readonly version: () => number | undefined
  /** The clock, in unix seconds. Answers say how old they are in whole seconds, so none outlives one. */
  readonly now: () => number
  /** Most characters of keys and bodies that are kept. */
  readonly mostCharacters: number
}

interface Kept {
  readonly version: number
  readonly second: number
  /** Promises, so that whoever asks the same meanwhile waits with the first. */
  readonly answers: Map<string, Promise<Answer>>
  characters: number
}

/** Keeps successful answers alone: what is refused now may be answered at the next try. */
export function createAnswerCache({ version, now, mostCharacters }: AnswerCacheOptions): AnswerCache {
  let newest: Kept | undefined

  const keptNow = (): Kept | undefined => {
    const current = version()
    if (current === undefined) return undefined
    const second = Math.floor(now())
    if (newest?.version !== current || newest.second !== second) {
      newest = { version: current, second, answers: new Map(), characters: 0 }
    }
    return newest
  }

  return {
    answer(key, make) {
      const kept = keptNow()
      if (kept === undefined) return make()
      const known = kept.answers.get(key)
      if (known !== undefined) return known
      if (kept.characters + key.length > mostCharacters) return make()
      kept.characters += key.length
      const answer = make()
      kept.answers.set(key, answer)
      const forget = (): void => {
        kept.answers.delete(key)
        kept.characters -= key.length
      }
      answer.then(({ status, body }) => {
        if (status !== 200 || kept.characters + body.length > mostCharacters) forget()
        else kept.characters += body.length
      }, forget)
      return answer
    },
  }
}
