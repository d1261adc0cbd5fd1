import type { Reporter, TestModule } from 'vitest/node'

/** Ends the output with one line that any machine reads: `N passed, N failed`, from the runner's own results. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      let failed = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') count.passed += 1
        else if (state === 'skipped') count.skipped += 1
        else failed += 1
      }
      // A file that could not be loaded, or whose set-up broke, has no failed test of its own and failed all the same.
      count.failed += module.state() === 'failed' ? Math.max(failed, 1) : failed
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    const line = `${count.passed} passed, ${count.failed} failed${skipped}\n`
    // Vitest prints its own summary after the reporters: ours goes out last.
    process.once('exit', () => process.stdout.write(line))
  }
}
