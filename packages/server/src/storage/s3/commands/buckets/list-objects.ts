// ListObjects and ListObjectsV2.

import { Refusal } from '../../../../refusal/refusal.ts'
import { answerXml, type S3Answer } from '../../answer.ts'
import { fromMarker, type Page } from '../../listing/page.ts'
import { type Listing, readListing } from '../../listing/read-listing.ts'
import { parameterOf, type S3Deps, type S3Request } from '../../s3-request.ts'
import type { XmlContent } from '../../xml/write-xml.ts'
import { assertBucketExists } from './find-bucket.ts'
import { commonContent, listedContent, shapeOf } from './listed-content.ts'
import { type NameEncoding, nameEncodingOf } from './name-encoding.ts'

/** Refuses with `storage.bucket-not-found`, `s3.argument-invalid`. */
export async function listObjects(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const version = parameterOf(request, 'list-type')
  if (version !== null && version !== '2')
    throw new Refusal('s3.argument-invalid', { argument: 'list-type', reason: 'must be 2' })
  const shape = shapeOf(request)
  const marker = version === null ? parameterOf(request, 'marker') : parameterOf(request, 'start-after')
  const token = version === null ? null : parameterOf(request, 'continuation-token')
  const from = token === null ? (marker === null || marker === '' ? '' : fromMarker(marker, shape)) : readToken(token)
  await assertBucketExists(deps, request.bucket)
  const listing = await readListing(request, deps, { ...shape, from })
  const encode = nameEncodingOf(request)
  return answerXml('ListBucketResult', {
    ...commonContent(request, shape, listing, encode),
    Contents: listing.objects.map((object) => listedContent(object, encode)),
    ...(version === null
      ? firstVersion(listing, shape, marker, encode)
      : secondVersion(listing, marker, token, encode)),
  })
}

/** Clients page on with the last name themselves; only a page with folders says where the next one begins. */
function firstVersion(
  { isTruncated, last }: Listing,
  { delimiter }: Omit<Page, 'from'>,
  marker: string | null,
  encode: NameEncoding,
): { readonly [name: string]: XmlContent } {
  return {
    Marker: encode(marker ?? ''),
    NextMarker: isTruncated && delimiter !== '' ? encode(last ?? '') : undefined,
  }
}

function secondVersion(
  { objects, folders, next }: Listing,
  startAfter: string | null,
  token: string | null,
  encode: NameEncoding,
): { readonly [name: string]: XmlContent } {
  return {
    KeyCount: objects.length + folders.length,
    StartAfter: startAfter === null ? undefined : encode(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken: next === null ? undefined : Buffer.from(next).toString('base64url'),
  }
}

function readToken(token: string): string {
  const from = Buffer.from(token, 'base64url')
  const text = from.toString()
  if (text === '' || text.includes('\0') || from.toString('base64url') !== token || text.includes('�'))
    throw new Refusal('s3.argument-invalid', { argument: 'continuation-token', reason: 'is none of this server' })
  return text
}
