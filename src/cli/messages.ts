/** What a supervised process tells its supervisor over the IPC channel. */
export type ChildMessage =
  | { readonly type: 'seeding'; readonly done: number; readonly total: number }
  | {
      readonly type: 'chainReady'
      readonly rpcUrl: string
      readonly economyFile: string
      readonly resumed: boolean
    }
  | {
      readonly type: 'indexing'
      /** First block that is indexed. */
      readonly startBlock: number
      /** Newest indexed block; below `startBlock` before the first. */
      readonly block: number
      /** Newest block of the chain. */
      readonly chainHead: number
      /** Events since the start of history. */
      readonly events: number
      /** Over the last seconds. */
      readonly eventsPerSecond: number
      readonly blocksPerSecond: number
      /** Until `chainHead` is indexed at that speed; null where unknown. */
      readonly etaSeconds: number | null
    }
  | { readonly type: 'serving'; readonly url: string }
  | { readonly type: 'failed'; readonly report: string }

/** Tells the supervisor; does nothing in a process that has none. */
export function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message)
}
