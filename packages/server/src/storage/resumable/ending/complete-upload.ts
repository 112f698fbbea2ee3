// Makes the object of an upload whose bytes are all there: exactly once, whoever asks for it, and again after a crash.

import type { Logger } from 'pino'

import { type AnyRefusal, isRefusal, Refusal } from '../../../refusal/refusal.ts'
import { isPassing } from '../../access/passing.ts'
import type { BlobId, Blobs } from '../../blobs/blobs.ts'
import type { GrowingBlobs } from '../../blobs/growing-blobs.ts'
import type { SessionLocks } from '../../../database/pool/session-locks.ts'
import { checkWritten } from '../../objects/content-types/check-written.ts'
import type { Uploads } from '../../objects/uploads.ts'
import { leaveToSweep } from '../../blobs/leave-to-sweep.ts'
import { admitUpload, type Who } from '../protocol/admit-upload.ts'
import { LOCK_PATIENCE } from '../protocol/upload-locker.ts'
import type { ResumableUpload } from '../rows/resumable-upload.ts'
import type { ResumableUploads } from '../rows/resumable-uploads.ts'

export interface CompletingDeps {
  readonly rows: ResumableUploads
  readonly growing: GrowingBlobs
  readonly blobs: Blobs
  readonly uploads: Uploads
  readonly locks: SessionLocks
  readonly log: Logger
}

/**
 * Resolves once the object is in place. The policies are asked of `who` once more: what is there may be another's than when
 * the upload began. Refuses with `storage.upload-not-found`, `storage.locked`, and as `Uploads.commit`;
 * what is refused is forgotten, bytes and all.
 */
export async function completeUpload(deps: CompletingDeps, who: Who, version: BlobId): Promise<void> {
  const release = await deps.locks.take(version, { onWanted: () => {}, patience: LOCK_PATIENCE })
  if (release === null) throw new Refusal('storage.locked', { what: 'The upload' })
  try {
    const upload = await deps.rows.find(version)
    if (upload === null) throw new Refusal('storage.upload-not-found', {})
    if (!upload.completed) await place(deps, who, upload)
  } finally {
    await release()
  }
}

async function place(deps: CompletingDeps, who: Who, upload: ResumableUpload): Promise<void> {
  const { version, ownerId } = upload
  try {
    const size = await deps.growing.size(version)
    const admitted = await admitUpload(deps, who, { ...upload, size }, 'storage.tus.upload.part')
    const { contentType } = admitted.wanted
    const written = await deps.growing.finish(version)
    if (written === null) throw new Refusal('storage.upload-not-found', {})
    if (!(await checkWritten(deps.blobs, admitted, version))) throw new Refusal('storage.upload-not-found', {})
    await deps.uploads.commit({ ...admitted, ownerId, version }, written, contentType ?? UNKNOWN_TYPE, 'resumed')
  } catch (error) {
    if (isRefusal(error) && isLasting(error)) await leaveToSweep(deps.log, async () => await forget(deps, version))
    throw error
  }
  await deps.rows.markCompleted(version)
}

/** Whether it would be refused again. */
function isLasting(refusal: AnyRefusal): boolean {
  return (refusal.code === 'postgres.error' || refusal.code.startsWith('storage.')) && !isPassing(refusal)
}

async function forget({ growing, blobs, rows }: CompletingDeps, version: BlobId): Promise<void> {
  await growing.abort(version)
  await blobs.remove([version])
  await rows.remove(version)
}

const UNKNOWN_TYPE = 'application/octet-stream'
