// A request of the S3 protocol whose signature was verified, taken apart.

import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'
import type { StorageDeps } from '../door/storage-deps.ts'
import type { SignedBody } from './body/open-body.ts'
import { type QueryPair, valueOf } from './signature/parse-query.ts'

/** What is named by a path: `/s3`, `/s3/bucket` or `/s3/bucket/key/of/it`. */
export interface S3Target {
  /** Empty for the service itself. */
  readonly bucket: string
  /** Empty for the bucket itself. */
  readonly key: string
}

export interface S3Request extends S3Target {
  /** Of the request, or `FORM` for the `POST` of a form with a policy. */
  readonly method: string
  readonly query: readonly QueryPair[]
  /** By lower-case names; what a signed URL carries in place of a header is among them. */
  readonly header: (name: string) => string | null
  /** All whose names begin so, by the rest of their names. */
  readonly headersBehind: (prefix: string) => Readonly<Record<string, string>>
  readonly caller: Caller
  readonly body: SignedBody
}

export type S3Deps = Omit<StorageDeps, 'identify'>

/** The path below the protocol's own prefix. Refuses with `storage.request-invalid` what is no percent-encoding. */
export function parseTarget(path: string): S3Target {
  const [bucket = '', ...rest] = path.replace(/^\//, '').split('/').map(decode)
  return { bucket, key: rest.join('/') }
}

/** Null where the parameter is not there. */
export function parameterOf({ query }: Pick<S3Request, 'query'>, name: string): string | null {
  return valueOf(query, name)
}

/** Refuses with `s3.argument-invalid` what is no whole number from `least` to `most`. */
export function numberOf(
  request: Pick<S3Request, 'query'>,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const text = parameterOf(request, name)
  if (text === null) return null
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new Refusal('s3.argument-invalid', { argument: name, reason: `must be a number from ${least} to ${most}` })
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Refusal('storage.request-invalid', { reason: 'The path is no percent-encoding' })
  }
}
