// A signature (AWS Signature Version 4) as the request shows it, whichever way it came.

/** `AKID/20260102/local/s3/aws4_request`, taken apart. */
export interface CredentialScope {
  readonly accessKeyId: string
  /** `20260102` */
  readonly day: string
  readonly region: string
  readonly service: string
}

export interface ShownSignature {
  readonly kind: 'header' | 'query' | 'form'
  readonly scope: CredentialScope
  /** As it was written: `20260102T030405Z`. */
  readonly date: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** In lower case. Empty for a form. */
  readonly signedHeaders: readonly string[]
  /** In hex. */
  readonly signature: string
  /** The token of whoever the request is for; null where the key alone says who asks. */
  readonly sessionToken: string | null
  /** What the signature says of the body: a digest in hex, or one of the words of S3. */
  readonly payload: string
  /** Seconds, of a URL. */
  readonly expires: number | null
}

/** What of a request is signed. */
export interface SignableRequest {
  readonly method: string
  /** As it stands in the request line, with the query. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

/** The digest of no bytes. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export function headerOf(request: Pick<SignableRequest, 'headers'>, name: string): string | null {
  const value = request.headers[name]
  return value === undefined ? null : typeof value === 'string' ? value : value.join(',')
}
