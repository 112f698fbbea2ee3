// What to change where the library itself refuses, which it says in one line and leaves at that.

import { ERRORS } from '@tus/server'

const GO_ON = 'Ask with HEAD for Upload-Offset, and go on from there.'
const BYTES = 'a whole number of bytes, in digits alone'

const hints: ReadonlyMap<string, string> = new Map([
  ['Tus-Resumable Required\n', 'Send Tus-Resumable: 1.0.0 with each request.'],
  ['Not found\n', 'POST begins an upload, PATCH brings its bytes, HEAD asks where it stands, DELETE ends it.'],
  [ERRORS.MISSING_OFFSET.body, `Send Upload-Offset with a PATCH. ${GO_ON}`],
  [ERRORS.INVALID_OFFSET.body, GO_ON],
  [ERRORS.ABORTED.body, `Another request goes on with the upload. ${GO_ON}`],
  [ERRORS.INVALID_CONTENT_TYPE.body, 'Send Content-Type: application/offset+octet-stream with a PATCH.'],
  [ERRORS.INVALID_TERMINATION.body, 'The object is in place: delete it as one.'],
  [ERRORS.FILE_NOT_FOUND.body, 'Begin a new upload: the one of this address was deleted, refused or given up.'],
  [ERRORS.FILE_NO_LONGER_EXISTS.body, 'Begin a new upload: how long one may take is [storage] upload_expiry.'],
  [ERRORS.ERR_SIZE_EXCEEDED.body, 'Send no more bytes than the upload is to have, and may have.'],
  [
    ERRORS.INVALID_LENGTH.body,
    'Send either Upload-Length or Upload-Defer-Length: 1, and a length that was deferred once.',
  ],
])

/** By the header, in small letters. */
const forms: ReadonlyMap<string, string> = new Map([
  ['tus-resumable', 'Tus-Resumable is 1.0.0'],
  ['upload-offset', `Upload-Offset is ${BYTES}`],
  ['upload-length', `Upload-Length is ${BYTES}`],
  ['upload-defer-length', 'Upload-Defer-Length is 1, or left out'],
  ['upload-metadata', 'Upload-Metadata is pairs of a key and its value in base64: key dmFsdWU=,another dmFsdWU='],
  ['content-type', 'Content-Type of a PATCH is application/offset+octet-stream'],
  ['x-forwarded-proto', 'X-Forwarded-Proto is http or https'],
])

/** Null where `body` is no refusal of the library's, or says all there is to say. `limit`: bytes the upload may have. */
export function hintInTus(body: string, limit: number | null): string | null {
  if (body === ERRORS.ERR_MAX_SIZE_EXCEEDED.body && limit !== null)
    return `Upload at most ${limit} bytes, or raise the size limit or the quota.`
  const [, invalid] = /^Invalid ([a-z -]+)\n$/.exec(body) ?? []
  if (invalid === undefined) return hints.get(body) ?? null
  const known = invalid.split(' ').flatMap((name) => forms.get(name) ?? [])
  return known.length === 0 ? null : `${known.join('. ')}.`
}
