/** The connections that stay open, over whichever transport. */
export interface Connections {
  /**
   * Counts one more.
   * @param close ends it
   * @returns what is to be called once it has ended; undefined if there are as many as there may be
   */
  open(close: () => void): (() => void) | undefined
  /** Ends all. */
  close(): void
}

export function createConnections(most: number): Connections {
  const closing = new Set<() => void>()
  return {
    open(close) {
      if (closing.size >= most) return undefined
      closing.add(close)
      return () => {
        closing.delete(close)
      }
    },
    close() {
      for (const close of closing) close()
    },
  }
}
