// Refusals of the identity stage: what can be wrong with a token or an API key.
// All times are Unix seconds.

import type { NoDetail } from './no-detail.ts'

/** Where a token claims to come from and which key it names, as far as it could be read. */
interface TokenOrigin {
  readonly issuer: string | null
  readonly keyId: string | null
}

export interface TokenRefusals {
  /** `Authorization: Bearer` with nothing behind it. */
  'token.empty': NoDetail
  /** Longer than any token this server reads. Characters. */
  'token.too-large': { readonly size: number; readonly limit: number }
  /** Not three dot-separated parts. */
  'token.malformed': { readonly parts: number }
  /** A part is not base64url, or the header is not JSON. */
  'token.undecodable': { readonly part: 'header' | 'payload' | 'signature' }
  /** Five parts: a JWE, which nobody here decrypts. */
  'token.encrypted': NoDetail
  'token.algorithm-none': NoDetail
  'token.algorithm-unsupported': { readonly algorithm: string }
  /** The header demands extensions (`crit`, or `b64` other than true) that nobody here implements (RFC 7515 §4.1.11). */
  'token.critical-unsupported': { readonly parameters: readonly string[] }
  /** The header's algorithm does not fit the kind of key it names (algorithm confusion). */
  'token.algorithm-mismatch': TokenOrigin & { readonly algorithm: string; readonly allowed: readonly string[] }
  /** No registered issuer has this `iss` and none of the project's own keys signed it. */
  'token.issuer-unknown': TokenOrigin & { readonly known: readonly string[] }
  /** The key that verifies the signature belongs to another issuer than `iss` says. */
  'token.issuer-mismatch': TokenOrigin & { readonly expected: string }
  'token.key-unknown': TokenOrigin & { readonly knownKeyIds: readonly string[] }
  /** The key was revoked by its owner here. */
  'token.key-revoked': TokenOrigin
  /** The issuer's keys could not be fetched and none are stored from before. */
  'token.keys-unavailable': {
    readonly issuer: string
    readonly url: string
    readonly reason: string
    readonly retryAfter: number
  }
  'token.signature-invalid': TokenOrigin
  /** The payload is not a JSON object. */
  'token.claims-malformed': NoDetail
  'token.claim-type': { readonly claim: string; readonly expected: string }
  'token.expired': { readonly expiredAt: number; readonly now: number }
  'token.not-yet-valid': { readonly notBefore: number; readonly now: number }
  'token.issued-in-future': { readonly issuedAt: number; readonly now: number }
  'token.expiry-missing': { readonly issuer: string }
  'token.audience': { readonly audience: unknown; readonly expected: readonly string[] }
  'token.authorized-party': { readonly authorizedParty: unknown; readonly allowed: readonly string[] }
  'token.role-not-allowed': {
    readonly role: string
    /** The token names no role, and this is what stands in for it. */
    readonly roleIsDefault: boolean
    readonly issuer: string | null
    readonly allowed: readonly string[]
  }
  /** No credentials, and no anonymous role is configured. */
  'token.anonymous-disabled': NoDetail
  /** The server has no key to verify anything with. */
  'token.no-keys-configured': NoDetail
  /** Enforcement is on and no `apikey` came along. */
  'token.api-key-missing': NoDetail
  'token.api-key-unknown': { readonly kind: 'publishable' | 'secret' | 'legacy' }
  /** A secret key came with a browser's User-Agent, and the project refuses that. */
  'token.secret-key-in-browser': NoDetail
  /** The door asked for the secret key and something weaker was shown. */
  'token.secret-key-required': NoDetail
}
