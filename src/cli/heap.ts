import { setFlagsFromString } from 'node:v8'

/**
 * By how much the heap may outgrow what is in use before it is cleared, in percent. V8's own choice is up to 300, which
 * is garbage of rows that were written long ago.
 */
const HEAP_GROWTH = 70

/** Keeps a process small that has millions of short-lived rows go through it. To be called before the first of them. */
export function limitHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
}

/**
 * Lets every object begin among the young ones. V8 puts those of a place in the code that once outlived others among the old
 * ones at once: then each row of each answer stays, with all that it names, until the whole heap is cleared. To be called
 * before the first request.
 */
export function beginYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
