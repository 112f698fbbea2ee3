// One worker of the ceiling: signs in a loop until the time is over and leaves how often.

import { sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { workerData } from 'node:worker_threads'

/** What a worker is given. */
export interface WorkerTask {
  readonly input: string
  readonly key: KeyObject
  readonly seconds: number
  /** Shared; the worker's own figure, in signatures per second, belongs at `place`. */
  readonly rates: Float64Array
  readonly place: number
}

const { input, key, seconds, rates, place } = workerData as WorkerTask
const bytes = Buffer.from(input)
const startedAt = performance.now()
const endAt = startedAt + seconds * 1000
let count = 0
while (performance.now() < endAt) {
  sign('sha256', bytes, key)
  count++
}
rates[place] = (count / (performance.now() - startedAt)) * 1000
