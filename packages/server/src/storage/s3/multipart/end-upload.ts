// Ending an upload, whether it is completed or aborted: one at a time, over all processes of the project.

import type { SessionLocks } from '../../../database/pool/session-locks.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PartUpload } from './part-uploads.ts'

/** Milliseconds that one waits for another; a large object takes its time to be put together. */
const PATIENCE = 120_000

/**
 * Runs `work` on the upload as `find` has it once nobody else is ending it. Refuses as these two, and with `storage.locked`
 * where another takes too long.
 */
export async function endUpload<Result>(
  locks: SessionLocks,
  { token }: Pick<PartUpload, 'token'>,
  find: () => Promise<PartUpload>,
  work: (upload: PartUpload) => Promise<Result>,
): Promise<Result> {
  const release = await locks.take(token.id, { onWanted: () => {}, patience: PATIENCE })
  if (release === null) throw new Refusal('storage.locked', { what: 'The upload' })
  try {
    return await work(await find())
  } finally {
    await release()
  }
}
