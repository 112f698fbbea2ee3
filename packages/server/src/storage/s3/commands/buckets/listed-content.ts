// What the listings of a bucket have in common: which part is asked for, and how it is said.

import type { Page } from '../../listing/page.ts'
import type { ListedObject, Listing } from '../../listing/read-listing.ts'
import { numberOf, parameterOf, type S3Request } from '../../s3-request.ts'
import type { XmlContent } from '../../xml/write-xml.ts'
import type { NameEncoding } from './name-encoding.ts'

const MOST = 1000

/** A page holds 1000 entries at most, whatever is asked for. Refuses with `s3.argument-invalid`. */
export function shapeOf(request: Pick<S3Request, 'query'>): Omit<Page, 'from'> {
  return {
    prefix: parameterOf(request, 'prefix') ?? '',
    delimiter: parameterOf(request, 'delimiter') ?? '',
    limit: Math.min(numberOf(request, 'max-keys', { least: 0, most: 2 ** 31 - 1 }) ?? MOST, MOST),
  }
}

/** Everything but the objects, and where the next page begins. */
export function commonContent(
  { bucket, query }: Pick<S3Request, 'bucket' | 'query'>,
  { prefix, delimiter, limit }: Omit<Page, 'from'>,
  { folders, isTruncated }: Listing,
  encode: NameEncoding,
): { readonly [name: string]: XmlContent } {
  return {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: limit,
    EncodingType: parameterOf({ query }, 'encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    CommonPrefixes: folders.map((folder) => ({ Prefix: encode(folder) })),
  }
}

/** What is said of each object. */
export function listedContent(
  { name, etag, size, updatedAt }: ListedObject,
  encode: NameEncoding,
): { readonly [name: string]: XmlContent } {
  return {
    Key: encode(name),
    LastModified: updatedAt,
    ETag: etag ?? undefined,
    Size: size,
    StorageClass: 'STANDARD',
  }
}
