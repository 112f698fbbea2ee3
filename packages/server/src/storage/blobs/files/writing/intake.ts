// What flows in, counted, bounded, and gathered into batches that are worth a system call each, without being copied.

import type { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'

/** Enough that a system call for each costs nothing beside the bytes. */
const BATCH = 512 * 1024
/** What comes while a batch is being written waits, up to so many bytes. */
const MOST = 1024 * 1024

const nobody = (): void => {}

export interface Intake {
  /**
   * Chunks that are a batch together, fewer only at the end; nothing after it. Meanwhile the next one comes in, within
   * bounds. Refuses with `storage.too-large`, and rejects with the error of a stream that fails.
   */
  next(): Promise<readonly Buffer[]>
  /** The stream is left as it stands. */
  stop(): void
}

/** Begins to read at once. */
export function openIntake(bytes: Readable, limit: number): Intake {
  let chunks: Buffer[] = []
  let [held, total] = [0, 0]
  let end: { readonly error: Error | null } | null = null
  let wake = nobody
  const ready = (): boolean => held >= BATCH || end !== null
  const finish = (error: Error | null): void => {
    end ??= { error }
    wake()
  }
  const take = (chunk: Buffer): void => {
    total += chunk.length
    if (total > limit) return stop(new Refusal('storage.too-large', { limit }))
    chunks.push(chunk)
    held += chunk.length
    if (held >= BATCH) wake()
    if (held >= MOST) bytes.pause()
  }
  const ended = (): void => finish(null)
  const closed = (): void => {
    // Every stream closes, and an error that nobody needs costs as much as a system call.
    if (end === null) finish(bytes.errored ?? new Error('the stream was closed before its end'))
  }
  const stop = (error: Error | null): void => {
    bytes.pause()
    bytes.off('data', take).off('end', ended).off('error', finish).off('close', closed)
    finish(error)
  }
  if (bytes.readableEnded) ended()
  else if (bytes.destroyed) closed()
  else bytes.on('data', take).on('end', ended).on('error', finish).on('close', closed)
  return {
    async next() {
      while (!ready()) await new Promise<void>((resolve) => (wake = resolve))
      if (end?.error != null) throw end.error
      const batch = chunks
      chunks = []
      held = 0
      if (end === null) bytes.resume()
      return batch
    },
    stop: () => stop(null),
  }
}
