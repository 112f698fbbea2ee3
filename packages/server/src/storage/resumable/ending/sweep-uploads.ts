// Ends uploads that were given up, once their time is over.

import type { CompletingDeps } from './complete-upload.ts'

const AT_ONCE = 100

/** Forgets rows and bytes of uploads that began more than `expiry` seconds ago; how many. One that is being written waits. */
export async function sweepUploads(
  { rows, growing, locks }: Pick<CompletingDeps, 'rows' | 'growing' | 'locks'>,
  expiry: number,
): Promise<number> {
  let swept = 0
  for (const version of await rows.expired(expiry, AT_ONCE)) {
    const release = await locks.take(version, { onWanted: () => {}, patience: 0 })
    if (release === null) continue
    try {
      await growing.abort(version)
      await rows.remove(version)
      swept += 1
    } finally {
      await release()
    }
  }
  // Whatever has no row any more, after a restore for instance, and was not written to for as long.
  return swept + (await growing.sweep(expiry * 1000))
}
