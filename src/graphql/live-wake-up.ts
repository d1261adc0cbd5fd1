/** What somebody who waits is woken by: raised often before it is looked at, it counts once. */
export interface WakeUp {
  raise(): void
  /** Nobody waits any more. */
  end(): void
  /** @returns true once it was raised since it was last looked at, false once it has ended */
  raised(): Promise<boolean>
}

/** Raised to begin with: the first look is not waited for. */
export function createWakeUp(): WakeUp {
  let isRaised = true
  let isOver = false
  let wake = (): void => undefined
  return {
    raise() {
      isRaised = true
      wake()
    },
    end() {
      isOver = true
      wake()
    },
    async raised() {
      if (!isRaised && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      isRaised = false
      return !isOver
    },
  }
}
