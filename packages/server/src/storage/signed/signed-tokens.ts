// Tokens that stand in a URL and open one path for one verb. Signed with a key derived from the project's secret, so
// that none is a session token, nor the other way round; those that upstream signed with the secret itself are verified, too.

/** As upstream's, so that whoever reads one finds its own names. */
export interface SignedClaims {
  /** `bucket/path/of/the/object`. */
  readonly url: string
  readonly scope: 'download' | 'upload'
  /** Of an upload: whether it may replace. */
  readonly upsert?: boolean
  /** Of an upload: `sub` of whoever signed it. */
  readonly owner?: string
  /** Of an upload: the id of the object that it makes, and may replace. */
  readonly object?: string
  /** Of a rendered image, as `width:100,height:50`. */
  readonly transformations?: string
  readonly format?: string
}

/** Of a token that was verified. */
export interface OpenSignedClaims extends SignedClaims {
  /** Unix seconds. */
  readonly exp: number
}

export interface SignedTokens {
  /** `expiresIn` in seconds. Refuses with `storage.parameter-invalid` one that no date can say. */
  sign(claims: SignedClaims, expiresIn: number): Promise<string>
  /**
   * `url` is `bucket/name` as the request's path has it; the one in the claims is right. Refuses with
   * `storage.signature-invalid` what is forged or over, and with `storage.signature-mismatch` what is meant for another path
   * or verb.
   */
  verify(token: string, expected: Pick<SignedClaims, 'url' | 'scope'>): Promise<OpenSignedClaims>
}
