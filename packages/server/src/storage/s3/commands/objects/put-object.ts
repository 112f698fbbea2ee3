// PutObject: the same road as every upload, with the bytes verified on the way.

import { isRefusal, Refusal } from '../../../../refusal/refusal.ts'
import { checkObjectKey } from '../../../names/object-key.ts'
import { checkContent } from '../../../objects/content-types/check-content.ts'
import { limitRefusal } from '../../../objects/placing/admit-by-limits.ts'
import type { ObjectRow } from '../../../rows/object-row.ts'
import type { WantedUpload } from '../../../objects/uploads.ts'
import { answerEmpty, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'

/** What S3 calls bytes of which nothing is said. */
export const UNKNOWN_TYPE = 'binary/octet-stream'

/** Refuses whatever an upload refuses, and with `s3.*` what the client said wrongly of its bytes. */
export async function putObject(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { size } = request.body
  // As upstream marks an empty folder.
  const name = request.key.endsWith('/') && size === 0 ? `${request.key}.emptyFolderPlaceholder` : request.key
  const row = await storeObject(request, deps, { ...wantedOf(request, name), size })
  return answerEmpty(200, { etag: row.metadata?.eTag })
}

/** Writes the body of the request to its place. */
export async function storeObject(
  { caller, body }: Pick<S3Request, 'caller' | 'body'>,
  { uploads, blobs }: Pick<S3Deps, 'uploads' | 'blobs'>,
  wanted: WantedUpload,
): Promise<ObjectRow> {
  checkObjectKey(wanted.name)
  try {
    const admitted = await uploads.admit(caller, wanted)
    const bytes = await checkContent(admitted, body.bytes)
    const written = await blobs.write(admitted.version, bytes, admitted.limit).catch((error: unknown) => {
      throw isRefusal(error) && error.code === 'storage.too-large' ? limitRefusal(admitted) : error
    })
    return await uploads.commit(admitted, written, wanted.contentType ?? UNKNOWN_TYPE)
  } catch (error) {
    // Only `If-None-Match: *` keeps an upload from taking the place of another.
    throw isRefusal(error) && error.code === 'storage.object-exists' ? preconditionFailed(error) : error
  } finally {
    body.bytes.destroy()
  }
}

function preconditionFailed(cause: Refusal): Refusal {
  return new Refusal('storage.precondition-failed', {}, { cause })
}

/** What headers, or the fields of a form, say of an object. Refuses with `s3.not-implemented`. */
export function wantedOf(
  { bucket, header, headersBehind }: Pick<S3Request, 'bucket' | 'header' | 'headersBehind'>,
  name: string,
): WantedUpload {
  return {
    bucket,
    name,
    contentType: header('content-type') ?? UNKNOWN_TYPE,
    cacheControl: header('cache-control') ?? 'no-cache',
    userMetadata: headersBehind('x-amz-meta-'),
    upsert: !mustBeNew(header('if-none-match')),
    size: null,
    operation: 'storage.s3.upload',
  }
}

/** Only `*` is a condition that a write can be held to here. */
function mustBeNew(ifNoneMatch: string | null): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch === '*') return true
  throw new Refusal('s3.not-implemented', { what: 'If-None-Match other than * on a write' })
}
