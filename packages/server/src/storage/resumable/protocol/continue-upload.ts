// What a request does with an upload that was begun before.

import { ERRORS } from '@tus/server'

import { completeUpload, type CompletingDeps } from '../ending/complete-upload.ts'
import type { ResumableUpload } from '../rows/resumable-upload.ts'
import { parseUploadId, printUploadId } from '../upload-id.ts'
import { admitAsked, type AdmitDeps, admitUpload, checkContinues, claimsOf, type Who } from './admit-upload.ts'
import type { Asked } from './asked.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'

type ContinueDeps = AdmitDeps & CompletingDeps & Pick<StorageDeps, 'config'>

/** Whoever reads may, who began it; whoever writes is judged by the policies once more. */
export async function continueUpload(deps: ContinueDeps, asked: Asked, id: string, method: string): Promise<void> {
  const parsed = parseUploadId(id)
  const upload = parsed === null ? null : await deps.rows.find(parsed.version)
  if (upload === null || printUploadId(upload) !== id) throw ERRORS.FILE_NOT_FOUND
  asked.claims = await claimsOf(deps, asked.shown, upload)
  checkContinues(asked, upload)
  asked.upload = upload
  if (upload.completed) return
  if (method === 'PATCH') await admitAsked(deps, asked, 'storage.tus.upload.part')
  // A bucket that is full is no reason to go on with it.
  if (method === 'DELETE') await admitUpload(deps, asked, { ...upload, size: null }, 'storage.tus.upload.delete')
  if (method === 'HEAD') await completeWhereWhole(deps, asked, upload)
}

/** A client that finds all its bytes here asks for nothing more: what a crash kept from its place is put there now. */
async function completeWhereWhole(
  deps: ContinueDeps,
  who: Who,
  { version, size, createdAt }: ResumableUpload,
): Promise<void> {
  const isOver = createdAt + deps.config.uploadExpiry * 1000 < Date.now()
  if (!isOver && size !== null && (await deps.growing.size(version)) === size) await completeUpload(deps, who, version)
}
