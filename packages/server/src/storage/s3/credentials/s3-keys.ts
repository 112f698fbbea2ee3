// The keys that may sign, and who each of them is.

import { Refusal } from '../../../refusal/refusal.ts'
import type { ShownSignature } from '../signature/signed-request.ts'

export interface S3Keys {
  /** The pair that passes by all policies, of `[storage.s3_protocol]`; null where it must not be used. */
  readonly service: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
  /** The secret key of the project, as whose bearer `service` acts. */
  readonly serviceKey: string
  /** Ids under which a user signs with the project's public key, and shows a token besides. */
  readonly projectIds: readonly string[]
  /** The public keys of the project. */
  readonly publicKeys: readonly string[]
}

export interface SigningKey {
  /** Any of them may have signed. */
  readonly secrets: readonly string[]
  /** What says who asks: a token, or a key of the project. Verified as everywhere. */
  readonly bearer: string
  /** What policies see as the token; empty for a key. */
  readonly token: string
}

/**
 * A session token makes the caller the one whom it names, and needs no secret that others must not know: it is a bearer's
 * token, as everywhere. Refuses with `s3.access-key-unknown`.
 */
export function signingKeyOf({ scope, sessionToken }: ShownSignature, keys: S3Keys): SigningKey {
  const { accessKeyId } = scope
  if (sessionToken !== null) {
    if (keys.projectIds.includes(accessKeyId))
      return { secrets: keys.publicKeys, bearer: sessionToken, token: sessionToken }
    throw unknown(accessKeyId, 'With a session token, the access key id is the project id and the secret the anon key.')
  }
  if (keys.service?.accessKeyId === accessKeyId)
    return { secrets: [keys.service.secretAccessKey], bearer: keys.serviceKey, token: '' }
  const fix = keys.projectIds.includes(accessKeyId)
    ? 'The project id signs together with a session token: the JWT of the user.'
    : '`tenon status` prints S3_PROTOCOL_ACCESS_KEY_ID.'
  throw unknown(accessKeyId, fix)
}

function unknown(accessKeyId: string, fix: string): Refusal {
  return new Refusal('s3.access-key-unknown', { accessKeyId }, { fix })
}
