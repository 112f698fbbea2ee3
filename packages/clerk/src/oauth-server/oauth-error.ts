// How the OAuth server says no: with the codes of RFC 6749 and OpenID Connect, in their form and not in Clerk's.

/** A refusal of the token endpoint and its neighbours (RFC 6749 §5.2, RFC 7591 §3.2.2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: string
  readonly status: number

  constructor(code: string, description: string, status = 400) {
    super(description)
    this.code = code
    this.status = status
  }
}
