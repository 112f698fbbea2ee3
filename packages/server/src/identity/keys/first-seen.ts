// Since when each key of an issuer has been known here. A key is what it is made of: the same id over other material
// is another key.

/** Unix seconds by the key's material. */
export type FirstSeen = ReadonlyMap<string, number>

/** What makes a public JWK the key it is, as one text. */
export function materialOf(jwk: object): string {
  const { kid, kty, crv, n, e, x, y } = jwk as Record<string, unknown>
  return JSON.stringify([kid, kty, crv, n, e, x, y])
}

/** The times of the keys that are there now: those known before keep theirs, the others begin at `now`. */
export function firstSeenOf(jwks: readonly object[], before: FirstSeen, now: number): FirstSeen {
  return new Map(jwks.map((jwk) => [materialOf(jwk), before.get(materialOf(jwk)) ?? now]))
}
