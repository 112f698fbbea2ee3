// What a store says no to, in words that tell an operator what to do and a client nothing of the store.

import { Refusal } from '../../../../refusal/refusal.ts'

/** What is thrown in the place of an error of the SDK. */
export function storeRefusal(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  if (error.name === 'NoSuchUpload') return new Refusal('storage.upload-not-found', {}, { cause: error })
  if (error.name === 'EntityTooSmall') {
    const reason = 'A part, other than the last, has fewer bytes than the store takes'
    return new Refusal('storage.request-invalid', { reason }, { cause: error })
  }
  const said = sayings[error.name]
  if (said !== undefined) return unavailable(said.reason, error, said.fix)
  const status = statusOf(error)
  if (status === 401 || status === 403) return unavailable(refused.reason, error, refused.fix)
  if (status !== undefined && status >= 400)
    return unavailable(`The store of the bytes answers ${status} ${error.name}`, error)
  return unavailable(
    'The store of the bytes does not answer',
    error,
    'See whether [storage.s3] endpoint is right and up.',
  )
}

/** The HTTP status of the store's answer, where there was one. */
export function statusOf(error: unknown): number | undefined {
  const metadata =
    error instanceof Error && '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {}
  return metadata.httpStatusCode
}

/** Whether the store has no such object, or upload, in a bucket that it has. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket'
}

/** Whether the store has no such operation; smaller ones leave some out. */
export function isUnsupported(error: unknown): boolean {
  const cause = error instanceof Refusal ? error.cause : error
  return cause instanceof Error && ['NotImplemented', 'MethodNotAllowed'].includes(cause.name)
}

const refused = {
  reason: 'The store of the bytes refuses the credentials',
  fix: 'Put into [storage.s3] an access_key_id and secret_access_key that may read, write, list and delete in the bucket.',
}
const sayings: Readonly<Record<string, { readonly reason: string; readonly fix: string }>> = {
  AccessDenied: refused,
  InvalidAccessKeyId: refused,
  SignatureDoesNotMatch: refused,
  NoSuchBucket: {
    reason: 'The store of the bytes has no such bucket',
    fix: 'Make the bucket that [storage.s3] bucket names.',
  },
}

function unavailable(reason: string, cause: Error, fix?: string): Refusal<'storage.bytes-unavailable'> {
  return new Refusal('storage.bytes-unavailable', { reason }, { cause, ...(fix === undefined ? {} : { fix }) })
}
