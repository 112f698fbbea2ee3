// Who asks. The output of the identity stage and the only thing later stages know about a caller.

/** A verified caller. Frozen; shared by every request that shows the same credential. */
export interface Identity {
  readonly kind: 'identity'
  /** The Postgres role. */
  readonly role: string
  /** All claims, with `role` always present as the one resolved. */
  readonly claims: Readonly<Record<string, unknown>>
  /** `claims` as JSON text: the value of `request.jwt.claims`. */
  readonly claimsJson: string
  /** The registered issuer that vouches for the caller; null for API keys, own tokens without `iss`, and anonymous. */
  readonly issuer: string | null
  /** `sub`, where there is one. */
  readonly subject: string | null
  readonly via: 'anonymous' | 'api-key' | 'token'
  /** `exp` in Unix seconds; null where nothing expires. */
  readonly expiresAt: number | null
}

/** What a request shows of itself, as the headers say it; `apikey` may come from the query of a WebSocket. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly apikey: string | undefined
}

/** Turns credentials into an Identity. Refuses with `token.*`. */
export type Identify = (credentials: Credentials) => Promise<Identity>
