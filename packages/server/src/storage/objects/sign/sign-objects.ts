// Makes signed URLs of objects that the policies show the caller.

import { isRefusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { checkBucketName } from '../../names/bucket-name.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { signedPath } from '../../signed/signed-path.ts'
import type { SignedClaims, SignedTokens } from '../../signed/signed-tokens.ts'
import { findByPolicies } from '../download/find-object.ts'
import { type Place, selectNames } from '../sql/read-object.ts'

interface SigningDeps {
  readonly database: StorageDatabase
  readonly signed: SignedTokens
}

export type Rendition = Pick<SignedClaims, 'transformations' | 'format'>

/** One answer of many; either `error` or `signedURL` is null. */
export interface SignedUrl {
  readonly error: string | null
  readonly path: string
  readonly signedURL: string | null
}

const UNSHOWN = 'Either the object does not exist or you do not have access to it'

/**
 * Below `/storage/v1`. One of an image that is to be transformed leads to its rendering. Refuses with
 * `storage.object-not-found`, `storage.parameter-invalid`, `postgres.*`.
 */
export async function signObject(
  { database, signed }: SigningDeps,
  caller: Caller,
  place: Place,
  expiresIn: number,
  rendition: Rendition | null,
): Promise<string> {
  await findByPolicies(database, caller, place, 'storage.object.sign')
  const claims: SignedClaims = { ...rendition, url: `${place.bucket}/${place.name}`, scope: 'download' }
  return await urlOf(signed, claims, expiresIn)
}

/** In the order of `names`, by one statement. Refuses with `storage.bucket-name-invalid`, `storage.parameter-invalid`, `postgres.*`. */
export async function signObjects(
  { database, signed }: SigningDeps,
  caller: Caller,
  bucket: string,
  names: readonly string[],
  expiresIn: number,
): Promise<readonly SignedUrl[]> {
  checkBucketName(bucket)
  const statements = [selectNames(bucket, names.filter(isKey))]
  const [rows] = await database.asCaller(caller, { operation: 'storage.object.sign_many', statements, readOnly: true })
  const shown = new Set(cellsOf(rows).map((cells) => cells['name']))
  return await Promise.all(
    names.map(async (path) => {
      if (!shown.has(path)) return { error: UNSHOWN, path, signedURL: null }
      const claims: SignedClaims = { url: `${bucket}/${path}`, scope: 'download' }
      return { error: null, path, signedURL: await urlOf(signed, claims, expiresIn) }
    }),
  )
}

async function urlOf(signed: SignedTokens, claims: SignedClaims, expiresIn: number): Promise<string> {
  const route = claims.transformations === undefined ? '/object/sign' : '/render/image/sign'
  return `${route}/${signedPath(claims.url)}?token=${await signed.sign(claims, expiresIn)}`
}

function isKey(name: string): boolean {
  try {
    checkObjectKey(name)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}
