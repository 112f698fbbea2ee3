// ListObjectVersions, where no versions are kept: each object is its only one. Clients that are told that versioning is
// suspended, such as rclone, empty a bucket by this list.

import { answerXml, type S3Answer } from '../../answer.ts'
import { fromMarker } from '../../listing/page.ts'
import { readListing } from '../../listing/read-listing.ts'
import { parameterOf, type S3Deps, type S3Request } from '../../s3-request.ts'
import { assertBucketExists } from './find-bucket.ts'
import { commonContent, listedContent, shapeOf } from './listed-content.ts'
import { nameEncodingOf } from './name-encoding.ts'

/** As S3 calls the version of what was written while versioning was suspended. */
const ONLY_VERSION = 'null'

/** Upstream answers with a ListObjects instead, in which clients find no versions. Refuses as `listObjects` does. */
export async function listVersions(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const shape = shapeOf(request)
  const marker = parameterOf(request, 'key-marker') ?? ''
  const from = marker === '' ? '' : fromMarker(marker, shape)
  await assertBucketExists(deps, request.bucket)
  const listing = await readListing(request, deps, { ...shape, from })
  const encode = nameEncodingOf(request)
  const { objects, isTruncated, last } = listing
  const endsWithObject = last !== null && last === objects.at(-1)?.name
  return answerXml('ListVersionsResult', {
    ...commonContent(request, shape, listing, encode),
    KeyMarker: encode(marker),
    VersionIdMarker: parameterOf(request, 'version-id-marker') ?? '',
    NextKeyMarker: isTruncated ? encode(last ?? '') : undefined,
    NextVersionIdMarker: isTruncated && endsWithObject ? ONLY_VERSION : undefined,
    Version: objects.map((object) => ({
      ...listedContent(object, encode),
      VersionId: ONLY_VERSION,
      IsLatest: true,
    })),
  })
}
