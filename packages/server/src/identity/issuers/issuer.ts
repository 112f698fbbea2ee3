// One party that may sign tokens for this project: whose they are, where its keys come from, what its
// tokens may claim. Reading the configuration is parse-issuers.ts; fetching keys is keys/.

/** Where an issuer's public keys come from. */
export type KeyOrigin =
  /** OpenID discovery below the issuer's own address; `jwksFallback` is tried when there is no discovery document. */
  | { readonly kind: 'discovery'; readonly url: string; readonly jwksFallback: string | null }
  | { readonly kind: 'jwks-url'; readonly url: string }
  | { readonly kind: 'inline'; readonly jwks: { readonly keys: readonly object[] } }

/** A registered third-party issuer. Frozen. */
export interface Issuer {
  readonly kind: 'issuer'
  /** The name of its table: `clerk` in `[auth.third_party.clerk]`. */
  readonly name: string
  /** What `iss` must equal, without trailing slash; null where only keys are given, which then serve tokens of no registered `iss`. */
  readonly issuer: string | null
  readonly keys: KeyOrigin
  /** The Postgres roles its tokens may take. */
  readonly allowedRoles: readonly string[]
  /** The role of a token without one; null means the project's anonymous role. */
  readonly defaultRole: string | null
  /** Accepted values of `aud`; empty accepts any. */
  readonly audience: readonly string[]
  /** Accepted values of `azp`; empty accepts any. */
  readonly authorizedParties: readonly string[]
  /** Seconds between two fetches provoked by unknown key ids. */
  readonly cooldown: number
}

/** The form in which two spellings of one issuer are equal: a trailing slash does not count (Auth0 writes one). */
export function normaliseIssuer(issuer: string): string {
  return issuer.endsWith('/') ? issuer.slice(0, -1) : issuer
}

/** What stands for an issuer in logs, metrics and `Identity.issuer`. */
export function issuerLabel(issuer: Issuer): string {
  return issuer.issuer ?? issuer.name
}
