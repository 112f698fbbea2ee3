// The ceiling: what this machine signs with `crypto.sign` RS256 and does nothing else, in a process of its own.

import { sign } from 'node:crypto'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { WorkerTask } from './sign-in-worker.ts'
import { signingKey } from './signing-input.ts'

/** What the process is asked for. */
export interface SignRequest {
  readonly input: string
  readonly seconds: number
  /** Signatures waited for at a time, on the thread pool. */
  readonly inFlight: number
}

/** Signatures per second. */
export interface SignRates {
  /** `crypto.sign` with a callback: on the thread pool, as the server signs. */
  readonly onThreadPool: number
  /** `crypto.sign` without one: a worker for each core. */
  readonly inWorkers: number
}

process.on('message', (request: SignRequest) => {
  void measure(request).then((rates) => process.send?.(rates))
})

async function measure(request: SignRequest): Promise<SignRates> {
  return { onThreadPool: await onThreadPool(request), inWorkers: await inWorkers(request) }
}

async function onThreadPool({ input, seconds, inFlight }: SignRequest): Promise<number> {
  const bytes = Buffer.from(input)
  const key = signingKey()
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  let count = 0
  const signUntilEnd = (resolve: () => void): void => {
    sign('sha256', bytes, key, () => {
      count++
      if (performance.now() < endAt) signUntilEnd(resolve)
      else resolve()
    })
  }
  await Promise.all(Array.from({ length: inFlight }, () => new Promise<void>(signUntilEnd)))
  return (count / (performance.now() - startedAt)) * 1000
}

async function inWorkers({ input, seconds }: SignRequest): Promise<number> {
  const file = new URL('sign-in-worker.ts', import.meta.url)
  const rates = new Float64Array(new SharedArrayBuffer(availableParallelism() * Float64Array.BYTES_PER_ELEMENT))
  const key = signingKey()
  const workers = Array.from(rates, (_, place) => {
    const task: WorkerTask = { input, key, seconds, rates, place }
    return new Worker(file, { workerData: task })
  })
  await Promise.all(workers.map((worker) => once(worker, 'exit')))
  return rates.reduce((sum, rate) => sum + rate, 0)
}
