import { afterEach } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../bench/ingest/simulator/simulator'

const opened: Simulator[] = []

/** Starts a simulator that is closed when the test ends. */
export async function openSimulator(options: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options)
  opened.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()))
})
