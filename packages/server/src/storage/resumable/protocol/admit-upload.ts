// Who may do what with an upload: its policies are asked at its beginning and with each of its pieces, and nobody goes on
// with what another began.

import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageOperation } from '../../access/operations.ts'
import { limitRefusal } from '../../objects/placing/admit-by-limits.ts'
import type { AdmittedUpload } from '../../objects/uploads.ts'
import type { SignedClaims } from '../../signed/signed-tokens.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import type { ResumableUpload } from '../rows/resumable-upload.ts'
import { wantedUpload } from '../wanted-upload.ts'
import type { Asked } from './asked.ts'

export type AdmitDeps = Pick<StorageDeps, 'uploads' | 'signed'>
type Began = Omit<ResumableUpload, 'createdAt'>
type Named = Pick<ResumableUpload, 'bucket' | 'name'>
/** Who asks. */
export type Who = Pick<Asked, 'shown' | 'claims'>

/** In whose name an upload begins; what a signed token says of it wins. */
export function beginnerOf(
  { shown, claims }: Who,
  upsert: boolean,
): Pick<ResumableUpload, 'ownerId' | 'role' | 'signed' | 'upsert'> {
  if (shown.kind === 'caller') {
    const { subject, role } = shown.caller.identity
    return { ownerId: subject, role, signed: false, upsert }
  }
  return { ownerId: claims?.owner ?? null, role: SIGNED_ROLE, signed: true, upsert: claims?.upsert ?? false }
}

/** Refuses with `storage.access-denied` whoever did not begin it, but for the service role. */
export function checkContinues({ shown, claims }: Who, upload: Began): void {
  const same =
    shown.kind === 'signed'
      ? upload.signed && (claims?.owner ?? null) === upload.ownerId
      : shown.caller.identity.role === 'service_role' || isOf(shown.caller.identity, upload)
  if (same) return
  const reason = 'The upload was begun by somebody else'
  throw new Refusal('storage.access-denied', { reason }, { fix: 'Begin an upload of your own.' })
}

/** Admits what a request asks for, and notes how large it may be. Refuses as `Uploads.admit`. */
export async function admitAsked(deps: AdmitDeps, asked: Asked, operation: StorageOperation): Promise<void> {
  if (asked.upload === null) return
  const admitted = await admitUpload(deps, asked, asked.upload, operation)
  const { limit } = admitted
  // The library takes 0 for no limit at all.
  if (limit <= 0 && asked.upload.size !== 0) throw limitRefusal(admitted)
  asked.limit = Math.max(1, limit)
}

/** Asks the policies in the caller's name; nobody is asked for what a token was signed for. */
export async function admitUpload(
  { uploads }: Pick<AdmitDeps, 'uploads'>,
  { shown, claims }: Who,
  upload: Began,
  operation: StorageOperation,
): Promise<AdmittedUpload> {
  const wanted = wantedUpload(upload, operation)
  return shown.kind === 'caller'
    ? await uploads.admit(shown.caller, wanted)
    : await uploads.admitUnasked(upload.ownerId, wanted, claims?.object)
}

/** Tokens have no role. */
const SIGNED_ROLE = 'signed'

function isOf({ subject, role }: { subject: string | null; role: string }, upload: Began): boolean {
  return !upload.signed && subject === upload.ownerId && role === upload.role
}

/** Null where no token but a session is shown. Refuses with `storage.signature-invalid` and `storage.signature-mismatch`. */
export async function claimsOf(
  { signed }: AdmitDeps,
  shown: Asked['shown'],
  named: Named,
): Promise<SignedClaims | null> {
  if (shown.kind === 'caller') return null
  const { token } = shown
  if (token === null) throw new Refusal('storage.signature-invalid', { reason: 'Missing x-signature header' })
  return await signed.verify(token, { url: `${named.bucket}/${named.name}`, scope: 'upload' })
}
