/**
 * Indexes simulated chains from endpoints that fail and lie, one mixture of faults for each of many seeds, and compares
 * every figure. SEEDS says how many (1,000 if unset), FIRST_SEED where they begin (other ones each day if unset). A line
 * for each seed that fails, and a summary; a seed that failed is to become a case of its own in the tests.
 */
import { startVitest } from 'vitest/node'

const DAY = 86_400_000

process.env.SEEDS ??= '1000'
process.env.FIRST_SEED ??= String(Math.floor(Date.now() / DAY) * 1_000)
const began = performance.now()
const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }

const reporter = {
  onTestCaseResult(test) {
    const { state, errors } = test.result()
    counts[state] += 1
    if (state === 'failed') console.log(`FAILED ${test.name}: ${errors?.[0]?.message.split('\n')[0]}`)
  },
  onUserConsoleLog({ type, content }) {
    if (type === 'stdout') process.stdout.write(content)
  },
}

console.log(`${process.env.SEEDS} seeds from ${process.env.FIRST_SEED} on`)
const vitest = await startVitest('test', ['test/faults/mixed-faults.test.ts'], {
  watch: false,
  reporters: [reporter],
})
await vitest.close()
const seconds = Math.round((performance.now() - began) / 1_000)
console.log(`${counts.passed} passed, ${counts.failed} failed, in ${seconds} s`)
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
