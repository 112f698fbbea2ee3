// One writer at a time for an upload, over all processes. Whoever comes later is preferred: a client that comes back stands
// before a connection of its own that has died without saying so.

import type { Lock, Locker } from '@tus/server'

import type { SessionLocks } from '../../../database/pool/session-locks.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { parseUploadId } from '../upload-id.ts'

/** Longer than a writer that was asked to let go is given to end. Milliseconds. */
export const LOCK_PATIENCE = 10_000

/** Refuses with `storage.locked`. */
export function uploadLocker(locks: SessionLocks): Locker {
  return { newLock: (id) => new UploadLock(locks, parseUploadId(id)?.version ?? id) }
}

class UploadLock implements Lock {
  readonly #locks: SessionLocks
  readonly #name: string
  #release: (() => Promise<void>) | null = null

  constructor(locks: SessionLocks, name: string) {
    this.#locks = locks
    this.#name = name
  }

  async lock(signal: AbortSignal, requestRelease: () => Promise<void> | void): Promise<void> {
    const onWanted = (): void => void requestRelease()
    this.#release = await this.#locks.take(this.#name, { onWanted, signal, patience: LOCK_PATIENCE })
    if (this.#release === null) throw new Refusal('storage.locked', { what: 'The upload' })
  }

  async unlock(): Promise<void> {
    const release = this.#release
    this.#release = null
    await release?.()
  }
}
